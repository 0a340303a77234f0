package bespoke.supervisor.config;

/// A user of the passwd database with the primary group.
public record Account(String name, int uid, int gid, String home) {

  /// Whether this machine has it; others stand in configurations that are only converted.
  public boolean isKnown() {
    return uid != Surroundings.UNKNOWN;
  }
}
