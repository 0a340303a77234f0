package bespoke.supervisor.ctl;

import java.util.Map;

/// A name as people write it: `process`, `group:process`, `group:*` or `group:`.
///
/// @param process empty for all processes of the group
record ProcessName(String group, String process) {
  static ProcessName of(String text) {
    int colon = text.indexOf(':');
    if (colon < 0) {
      return new ProcessName(text, text);
    }
    String process = text.substring(colon + 1);
    return new ProcessName(text.substring(0, colon), process.equals("*") ? "" : process);
  }

  static ProcessName of(Map<String, Object> struct) {
    return new ProcessName(String.valueOf(struct.get("group")), String.valueOf(struct.get("name")));
  }

  boolean isWholeGroup() {
    return process.isEmpty();
  }

  @Override
  public String toString() {
    return group.equals(process) ? group : group + ":" + (process.isEmpty() ? "*" : process);
  }
}
