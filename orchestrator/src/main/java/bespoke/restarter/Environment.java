package bespoke.restarter;

import bespoke.model.InstanceFmri;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// The environment of a method (smf_method(7), "Environment Variables"; smf.md 6.4): nothing of the
/// daemon's own is inherited.
///
/// @param variables by name, in order of construction
/// @param complaints lines for the instance's log, about entries that were ignored
record Environment(Map<String, String> variables, List<String> complaints) {

  private static final String PATH = "/usr/sbin:/usr/bin";
  private static final String RESERVED = "SMF_";

  Environment {
    variables = Collections.unmodifiableMap(new LinkedHashMap<>(variables));
    complaints = List.copyOf(complaints);
  }

  /// The environment for one run.
  ///
  /// @param method `start`, `stop`, …
  /// @param restarter who runs it
  /// @param base `NAME=value` entries that every method gets
  /// @param context `NAME=value` entries of the method context
  static Environment of(
      InstanceFmri instance,
      String method,
      InstanceFmri restarter,
      List<String> base,
      List<String> context) {
    Map<String, String> variables = new LinkedHashMap<>();
    variables.put("SMF_FMRI", instance.toString());
    variables.put("SMF_METHOD", method);
    variables.put("SMF_RESTARTER", restarter.toString());
    variables.put("SMF_ZONENAME", "global");
    variables.put("PATH", PATH);
    List<String> complaints = new ArrayList<>();
    List<String> entries = new ArrayList<>(base);
    entries.addAll(context);
    boolean defaultPath = true;
    for (String entry : entries) {
      int equals = entry.indexOf('=');
      if (equals <= 0 || entry.indexOf('\0') >= 0) {
        complaints.add("Invalid environment variable \"" + entry + "\".");
      } else if (entry.startsWith(RESERVED)) {
        complaints.add(
            "Invalid environment variable \"" + entry + "\"; \"SMF_\" prefix is reserved.");
      } else {
        String name = entry.substring(0, equals);
        String before = variables.put(name, entry.substring(equals + 1));
        boolean expected = name.equals("PATH") && defaultPath;
        defaultPath &= !name.equals("PATH");
        if (before != null && !expected) {
          complaints.add(
              "Ignoring duplicate environment variable \"" + name + "=" + before + "\".");
        }
      }
    }
    return new Environment(variables, complaints);
  }

  /// The variables as execve(2) takes them.
  List<String> entries() {
    return entries(Map.of());
  }

  /// The variables and some more, which win.
  List<String> entries(Map<String, String> more) {
    Map<String, String> all = new LinkedHashMap<>(variables);
    all.putAll(more);
    List<String> entries = new ArrayList<>(all.size());
    all.forEach((name, value) -> entries.add(name + "=" + value));
    return entries;
  }
}
