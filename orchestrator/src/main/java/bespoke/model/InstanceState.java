package bespoke.model;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// The states of an instance (smf(7), "States"), in the order in which svcs(1) sorts them: most
/// interesting last.
public enum InstanceState {
  LEGACY_RUN('L', "LRC"),
  DISABLED('d', "DIS"),
  ONLINE('1', "ON"),
  DEGRADED('D', "DGD"),
  OFFLINE('0', "OFF"),
  MAINTENANCE('m', "MNT"),
  UNINITIALIZED('u', "UN");

  private final char letter;
  private final String abbreviation;

  InstanceState(char letter, String abbreviation) {
    this.letter = letter;
    this.abbreviation = abbreviation;
  }

  /// Running means that dependents may start: `online` or `degraded`.
  public boolean isRunning() {
    return this == ONLINE || this == DEGRADED;
  }

  /// The letter of the S and N columns of svcs(1).
  public char letter() {
    return letter;
  }

  /// The abbreviation of the STA and NSTA columns of svcs(1).
  public String abbreviation() {
    return abbreviation;
  }

  /// The state's name as everywhere in SMF: `online`, `legacy_run`, …
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }

  /// The state of that name, or null.
  public static @Nullable InstanceState named(String name) {
    for (InstanceState state : values()) {
      if (state.toString().equals(name)) {
        return state;
      }
    }
    return null;
  }
}
