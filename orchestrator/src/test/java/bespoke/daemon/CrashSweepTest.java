package bespoke.daemon;

import static bespoke.engine.House.fmri;
import static org.assertj.core.api.Assertions.assertThat;

import bespoke.engine.Event;
import bespoke.model.InstanceFmri;
import bespoke.model.InstanceState;
import bespoke.model.InstanceStatus;
import bespoke.model.Origin;
import bespoke.repository.Edit;
import bespoke.repository.Repository;
import bespoke.repository.RepositoryException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// The daemon dies at every write and before every decision of a boot, of changes and of the
/// shutdown, by itself or with the whole machine; the next one finds the old or the new, starts
/// nothing twice and leaves nothing behind (DESIGN 10.7).
///
/// Each point is tried with one of three endings in turn; `-Dbespoke.crash.endings=all` tries all.
class CrashSweepTest {
  private static final InstanceFmri ONCE = fmri("once");
  private static final List<String> NAMES = List.of("once", "db", "web", "child", "slow");
  private static final int POINTS_MAX = 5_000;

  private Path directory;
  private Path services;

  /// What is left when the daemon dies.
  private enum Ending {
    /// Everything runs on; methods that run still do when the next daemon comes.
    METHODS_RUN_ON,
    /// Methods end before the next daemon comes; nobody sees how.
    METHODS_END,
    /// The power is cut: only what was forced to the disk is left.
    POWER_CUT
  }

  /// A person's wish, and whether it was answered.
  private static final class Wishes {
    final Map<InstanceFmri, Set<Boolean>> enabled = new HashMap<>();
    final Map<InstanceFmri, Set<Boolean>> effective = new HashMap<>();
    final Set<String> property = new HashSet<>(Set.of("1"));
    boolean isBooted;

    Set<Boolean> enabled(InstanceFmri instance) {
      return Objects.requireNonNull(enabled.get(instance));
    }

    Set<Boolean> effective(InstanceFmri instance) {
      return Objects.requireNonNull(effective.get(instance));
    }

    Wishes() {
      NAMES.forEach(name -> enabled.put(fmri(name), new HashSet<>(Set.of(true))));
      NAMES.forEach(name -> effective.put(fmri(name), new HashSet<>(Set.of(true))));
    }
  }

  /// Hundreds of daemons force their files to the disk: in memory that costs nothing.
  @BeforeEach
  void prepare() throws IOException {
    Path memory = Path.of("/dev/shm");
    directory =
        Files.isWritable(memory)
            ? Files.createTempDirectory(memory, "bespoke-sweep-")
            : Files.createTempDirectory("bespoke-sweep-");
    services = Files.createDirectory(directory.resolve("services"));
    service("once", "", "startd: {duration: transient}", ":true");
    service("db", "t/once", "", ":kill");
    service("web", "t/db", "property_groups: {config: {type: application, n: 1}}", "/stop");
    service("child", "t/db", "startd: {duration: child}", ":kill");
    service("slow", "t/web, t/child", "", "/stop");
  }

  @AfterEach
  void clean() throws IOException {
    delete(directory);
  }

  private void service(String name, String requires, String more, String stop) throws IOException {
    Files.writeString(
        services.resolve(name + ".yaml"),
        """
        service: t/%s
        enabled: true
        requires: [%s]
        methods:
          start: {exec: "/start", timeout_seconds: 60}
          stop: {exec: "%s", timeout_seconds: 60}
        %s
        """
            .formatted(name, requires, stop, more));
  }

  /// Boot, changes, shutdown.
  private void script(SteppedDaemon daemon, Wishes wishes) throws IOException {
    wishes.isBooted = true;
    enable(daemon, wishes, "web", false, false);
    enable(daemon, wishes, "web", true, false);
    enable(daemon, wishes, "child", false, true);
    enable(daemon, wishes, "child", false, false);
    enable(daemon, wishes, "child", true, true);
    enable(daemon, wishes, "child", true, false);
    daemon.request(new Event.RestartRequested(fmri("db"), false));
    daemon.settle();
    setProperty(daemon, wishes, "2");
    importMore(daemon);
    daemon.request(new Event.ShutdownRequested());
    daemon.settle();
  }

  private static void enable(
      SteppedDaemon daemon, Wishes wishes, String name, boolean enabled, boolean untilReboot) {
    InstanceFmri fmri = fmri(name);
    wishes.effective(fmri).add(enabled);
    if (!untilReboot) {
      wishes.enabled(fmri).add(enabled);
    }
    if (daemon.request(new Event.EnableRequested(fmri, enabled, untilReboot, "a comment"))) {
      wishes.effective(fmri).remove(!enabled);
      if (!untilReboot) {
        wishes.enabled(fmri).remove(!enabled);
      }
    }
    daemon.settle();
  }

  private static void setProperty(SteppedDaemon daemon, Wishes wishes, String value)
      throws IOException {
    wishes.property.add(value);
    daemon.repository.edit(
        List.of(
            new Edit.SetProperty(
                fmri("web").serviceFmri(), "config", "n", Optional.empty(), List.of(value))),
        true,
        new Origin.Administrator("anna", 5));
    wishes.property.retainAll(Set.of(value));
  }

  private void importMore(SteppedDaemon daemon) throws IOException {
    service("more", "t/db", "", ":kill");
    service("most", "t/more", "", ":kill");
    daemon.loop.report(
        new Event.DefinitionsImported(daemon.manifests.importChanges(true).imports(), List.of()),
        0);
    daemon.settle();
  }

  /// @return the points that were reached, if the daemon was never killed
  private OptionalLong play(int point, Ending ending) throws IOException {
    Path root = directory.resolve("r" + point + ending.ordinal());
    Path image = directory.resolve("i" + point + ending.ordinal());
    Files.deleteIfExists(services.resolve("more.yaml"));
    Files.deleteIfExists(services.resolve("most.yaml"));
    ToyMachine machine = new ToyMachine();
    Wishes wishes = new Wishes();
    CrashPoints points = new CrashPoints(point, () -> copy(root, image));
    try (SteppedDaemon daemon = SteppedDaemon.start(root, services, "boot 1", machine, points)) {
      script(daemon, wishes);
      assertThat(machine.isDown()).isTrue();
      assertThat(machine.occupied()).as("left by an orderly shutdown").isEmpty();
      return OptionalLong.of(points.reached().size());
    } catch (CrashPoints.Killed killed) {
      String where = "killed at point " + point + ", " + killed.getMessage() + ", " + ending;
      try {
        deleteFiles(root);
        copy(image, root); // into the same directories: a store knows whether it was copied
        judge(root, machine, wishes, ending);
      } catch (AssertionError | RuntimeException e) {
        throw new AssertionError(where + ": " + e.getMessage(), e);
      }
      return OptionalLong.empty();
    } finally {
      delete(root);
      delete(image);
    }
  }

  private void judge(Path root, ToyMachine machine, Wishes wishes, Ending ending)
      throws IOException {
    String boot = "boot 1";
    switch (ending) {
      case METHODS_RUN_ON -> machine.daemonDied(false);
      case METHODS_END -> machine.daemonDied(true);
      case POWER_CUT -> {
        machine.powerCut();
        boot = "boot 2";
        delete(root.resolve("journal")); // it is never forced to the disk
        wishes.effective.putAll(wishes.enabled);
      }
    }
    try (SteppedDaemon next =
        SteppedDaemon.start(root, services, boot, machine, CrashPoints.none())) {
      assertThat(next.complaints()).isEmpty();
      assertThat(machine.wrongs()).isEmpty();
      everythingIsOldOrNew(next, wishes);
      everyInstanceHasWhatItShould(next, machine, wishes);
      if (!wishes.isBooted) {
        nothingWasStartedTwice(machine);
      }
      next.request(new Event.ShutdownRequested());
      next.settle();
      assertThat(machine.isDown()).isTrue();
      assertThat(machine.occupied()).as("orphans").isEmpty();
    }
  }

  private static void everythingIsOldOrNew(SteppedDaemon next, Wishes wishes)
      throws RepositoryException {
    Repository repository = next.repository;
    assertThat(repository.verify()).isEmpty();
    wishes.enabled.forEach((instance, possible) -> {
      try {
        assertThat(repository.enabled(instance).permanent().orElseThrow())
            .as("%s enabled", instance)
            .isIn(possible);
      } catch (RepositoryException e) {
        throw new AssertionError(e);
      }
    });
    assertThat(repository.editing(fmri("web")).single("config", "n").orElseThrow())
        .isIn(wishes.property);
    assertThat(repository.contains(fmri("more"))).isEqualTo(repository.contains(fmri("most")));
  }

  private static void everyInstanceHasWhatItShould(
      SteppedDaemon next, ToyMachine machine, Wishes wishes) {
    Map<Long, InstanceFmri> occupied = machine.occupied();
    for (InstanceStatus status : next.engine.statuses()) {
      InstanceFmri fmri = status.fmri();
      boolean isWanted = status.enabled().effective();
      InstanceState state = status.runtime().state();
      if (!isWanted) {
        assertThat(state.isRunning()).as("%s is %s", fmri, state).isFalse();
      } else if (isReachable(next, fmri)) {
        assertThat(state).as("%s", status.runtime()).isEqualTo(InstanceState.ONLINE);
      }
      assertThat(status.runtime().next()).as("%s goes on", fmri).isNull();
      boolean holds = state.isRunning() && !fmri.equals(ONCE);
      List<Long> contracts =
          occupied.entrySet().stream()
              .filter(it -> it.getValue().equals(fmri))
              .map(Map.Entry::getKey)
              .toList();
      assertThat(contracts)
          .as("contracts of %s", fmri)
          .isEqualTo(holds ? List.of(status.runtime().contract().orElseThrow()) : List.of());
      assertThat(isWanted)
          .as("%s is wanted", fmri)
          .isIn(wishes.effective.getOrDefault(fmri, Set.of(true)));
    }
  }

  /// One exception: nobody can know how a method ended that leaves no process behind.
  private static void nothingWasStartedTwice(ToyMachine machine) {
    for (String name : NAMES) {
      assertThat(machine.starts(fmri(name)))
          .as("starts of %s", name)
          .isBetween(1, fmri(name).equals(ONCE) ? 2 : 1);
    }
  }

  private static boolean isReachable(SteppedDaemon next, InstanceFmri fmri) {
    return next.engine.status(fmri).orElseThrow().definition().dependencies().stream()
        .flatMap(it -> it.entities().stream())
        .allMatch(it ->
            next.engine.status((InstanceFmri) asInstance(it)).stream()
                .allMatch(other -> other.runtime().state().isRunning()));
  }

  private static Object asInstance(Object entity) {
    return entity instanceof bespoke.model.ServiceFmri service
        ? service.instance(InstanceFmri.DEFAULT_INSTANCE)
        : entity;
  }

  @Test
  void everyPointOfADaemonsLifeMayBeItsLast() throws IOException {
    boolean all = System.getProperty("bespoke.crash.endings", "").equals("all");
    Map<Ending, Integer> tried = new EnumMap<>(Ending.class);
    for (int point = 1; point < POINTS_MAX; point++) {
      for (Ending ending : Ending.values()) {
        if (!all && ending.ordinal() != point % Ending.values().length) {
          continue;
        }
        OptionalLong total = play(point, ending);
        if (total.isPresent()) {
          System.out.println(
              "crash sweep: "
                  + total.getAsLong()
                  + " points of boot, enable, disable, restart,"
                  + " setprop, import and shutdown; tried "
                  + tried);
          assertThat(total.getAsLong()).isGreaterThan(100);
          return;
        }
        tried.merge(ending, 1, Integer::sum);
      }
    }
    throw new AssertionError("the script never ends");
  }

  // --- files

  private static void copy(Path from, Path to) {
    try {
      Files.walkFileTree(
          from,
          new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes of)
                throws IOException {
              if (directory.endsWith("backup")) {
                return FileVisitResult.SKIP_SUBTREE; // made beside the work, at any time
              }
              Files.createDirectories(to.resolve(from.relativize(directory)));
              return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes of) throws IOException {
              Files.copy(file, to.resolve(from.relativize(file)));
              return FileVisitResult.CONTINUE;
            }
          });
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void deleteFiles(Path tree) throws IOException {
    Files.walkFileTree(
        tree,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes of) throws IOException {
            Files.delete(file);
            return FileVisitResult.CONTINUE;
          }
        });
  }

  private static void delete(Path tree) throws IOException {
    if (!Files.exists(tree)) {
      return;
    }
    Files.walkFileTree(
        tree,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes of) throws IOException {
            Files.delete(file);
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult postVisitDirectory(Path directory, IOException problem)
              throws IOException {
            Files.delete(directory);
            return FileVisitResult.CONTINUE;
          }
        });
  }
}
