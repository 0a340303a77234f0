package bespoke.cli.shell;

import bespoke.api.ConfigurationRequest;
import bespoke.api.Glob;
import bespoke.api.InstanceRecord;
import bespoke.api.InstanceRequest;
import bespoke.api.NameRecord;
import bespoke.api.OperandMatcher;
import bespoke.api.Request;
import bespoke.api.json.JsonObject;
import bespoke.cli.client.DaemonUnreachableException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/// What is selected: nothing, a service or an instance; and a snapshot of the instance.
final class Selection {

  private final Asking asking;
  private String fmri = "";
  private String snapshot = "";
  private int knownAt = -1;
  private Set<String> instances = Set.of();
  private Set<String> services = Set.of();

  Selection(Asking asking) {
    this.asking = asking;
  }

  /// The FMRI, or the empty string.
  String fmri() {
    return fmri;
  }

  String snapshot() {
    return snapshot;
  }

  void snapshot(String name) {
    snapshot = name;
  }

  boolean isInstance() {
    return fmri.indexOf(':', 4) > 0;
  }

  /// The FMRI.
  ///
  /// @throws ShellException if nothing is selected
  String required() throws ShellException {
    if (fmri.isEmpty()) {
      throw new ShellException(
          "An entity must be selected first; type select FMRI, or use svccfg -s FMRI.");
    }
    return fmri;
  }

  /// The FMRI of an instance.
  ///
  /// @throws ShellException if none is selected
  String requiredInstance() throws ShellException {
    if (!isInstance()) {
      throw new ShellException("An instance must be selected first; type select FMRI.");
    }
    return fmri;
  }

  void select(String name) throws ShellException, DaemonUnreachableException {
    fmri = resolve(name);
    snapshot = "";
  }

  /// Goes one level up.
  void unselect() throws ShellException {
    if (!snapshot.isEmpty()) {
      snapshot = "";
      return;
    }
    required();
    int colon = fmri.indexOf(':', 4);
    fmri = colon < 0 ? "" : fmri.substring(0, colon);
  }

  /// The FMRI that a name means, seen from what is selected.
  ///
  /// @throws ShellException if it means none, or several
  String resolve(String name) throws ShellException, DaemonUnreachableException {
    look();
    String child = fmri + ":" + name;
    if (!fmri.isEmpty() && !isInstance() && instances.contains(child)) {
      return child;
    }
    String canonical = OperandMatcher.canonical(name);
    if (instances.contains(canonical) || services.contains(canonical)) {
      return canonical;
    }
    List<String> found = matching(name, services);
    if (found.isEmpty()) {
      found = matching(name, instances);
    }
    if (found.isEmpty()) {
      throw new ShellException("Pattern '" + name + "' doesn't match any instances or services");
    }
    if (found.size() > 1) {
      throw new ShellException(
          "Pattern '" + name + "' matches multiple instances:\n\t" + String.join("\n\t", found));
    }
    return found.getFirst();
  }

  private static List<String> matching(String name, Set<String> fmris) {
    boolean glob = Glob.isGlob(name);
    boolean full = name.startsWith("*") || name.startsWith("svc:");
    Glob pattern = new Glob(full ? name : "svc:/" + name);
    List<String> found = new ArrayList<>();
    for (String candidate : fmris) {
      boolean abbreviated =
          candidate.endsWith("/" + name) || name.startsWith(":") && candidate.endsWith(name);
      if (glob ? pattern.matches(candidate) : abbreviated || endsWithInstance(candidate, name)) {
        found.add(candidate);
      }
    }
    return found;
  }

  private static boolean endsWithInstance(String candidate, String name) {
    int colon = candidate.indexOf(':', 4);
    return colon > 0 && candidate.substring(colon + 1).equals(name);
  }

  /// Learns which entities there are; in a script only after something else was asked than edits of
  /// properties.
  private void look() throws ShellException, DaemonUnreachableException {
    if (asking.gathers() && knownAt == asking.changes()) {
      return;
    }
    Set<String> found = new LinkedHashSet<>();
    Request all = new InstanceRequest.ListInstances(List.of(), false, false, false, true);
    for (JsonObject line : asking.lines(all, "instance")) {
      found.add(InstanceRecord.from(line).fmri());
    }
    instances = found;
    Set<String> names = new LinkedHashSet<>();
    for (JsonObject line : asking.lines(new ConfigurationRequest.ListNames("", ""), "name")) {
      names.add(OperandMatcher.canonical(NameRecord.from(line).name()));
    }
    services = names;
    knownAt = asking.changes();
  }
}
