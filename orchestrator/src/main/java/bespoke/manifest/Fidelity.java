package bespoke.manifest;

import java.util.Locale;

/// How much of what a foreign description says survives its import.
public enum Fidelity {
  /// It behaves as it did.
  EXACT,
  /// It behaves similarly; the note says how it differs.
  APPROXIMATED,
  /// It is left out; the note says why.
  DROPPED;

  /// `exact`, `approximated` or `dropped`, as in reports.
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
