package bespoke.engine;

import bespoke.graph.DependencyEdge;
import bespoke.graph.DependencyGraph;
import bespoke.graph.DependencyGroup;
import bespoke.graph.FileVertex;
import bespoke.graph.InstanceVertex;
import bespoke.model.FileFmri;
import bespoke.model.RestartOn;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// The files that instances depend on (smf.md 3.2.3): which are watched, and which were not looked
/// at yet.
final class WatchedFiles {
  private final Turn turn;
  private final DependencyGraph graph;
  private final Records records;
  private final Set<FileFmri> watched = new LinkedHashSet<>();
  private final Set<FileFmri> unobserved = new LinkedHashSet<>();
  private long watchedVersion;

  WatchedFiles(Turn turn, DependencyGraph graph, Records records) {
    this.turn = turn;
    this.graph = graph;
    this.records = records;
  }

  /// Knows what another knows.
  void continueFrom(WatchedFiles other) {
    watched.addAll(other.watched);
    unobserved.addAll(other.unobserved);
    watchedVersion = other.watchedVersion;
  }

  /// Those that the world was asked to look at and did not report yet; a copy.
  Set<FileFmri> unobserved() {
    return new LinkedHashSet<>(unobserved);
  }

  boolean areObserved() {
    return unobserved.isEmpty();
  }

  /// Lets what something depends on be watched, and nothing else.
  void watch() {
    if (watchedVersion == graph.filesVersion()) {
      return;
    }
    watchedVersion = graph.filesVersion();
    Set<FileFmri> wanted = new LinkedHashSet<>();
    for (FileVertex file : graph.files()) {
      wanted.add(file.file());
      if (watched.add(file.file())) {
        unobserved.add(file.file());
        turn.decide(new Decision.WatchFile(file.file(), turn.cause()));
      }
    }
    for (FileFmri file : List.copyOf(watched)) {
      if (!wanted.contains(file)) {
        watched.remove(file);
        unobserved.remove(file);
        turn.decide(new Decision.UnwatchFile(file));
      }
    }
  }

  /// A file was looked at: those that follow its content are refreshed when it is another.
  void observed(Event.FileObserved observed) {
    unobserved.remove(observed.file());
    FileVertex file = graph.file(observed.file());
    if (file == null) {
      return;
    }
    boolean isNews =
        file.isObserved() && (observed.changed() || file.exists() != observed.exists());
    graph.satisfaction().update(file, observed.exists());
    if (!isNews || !observed.exists()) {
      return;
    }
    for (DependencyEdge edge : graph.incoming(file)) {
      DependencyGroup group = edge.group();
      if (group != null
          && group.dependency().restartOn() == RestartOn.REFRESH
          && !group.isExclusion()) {
        tell(group.dependent(), RestarterEvent.ADMIN_REFRESH);
      }
    }
  }

  private void tell(InstanceVertex vertex, RestarterEvent event) {
    InstanceRecord instance = records.get(vertex);
    if (instance != null && instance.isRunning()) {
      turn.send(new Message.ToRestarter(instance, event, Optional.empty()));
    }
  }
}
