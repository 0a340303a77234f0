package bespoke.cli.render;

import bespoke.api.listing.PlainTable;

/// Colour on a terminal, or none; never the only sign of anything.
public enum Style {
  /// No escape sequences.
  PLAIN,
  /// The escape sequences of ECMA-48.
  COLOUR;

  private static final String RESET = "\u001b[0m";

  /// The text in the colour of a state; what stands in no colour stays as it is.
  public String state(String state, String text) {
    return this == PLAIN ? text : PlainTable.painted(state, text);
  }

  /// The text in bold letters.
  public String strong(String text) {
    return painted("1", text);
  }

  /// The text in faint letters.
  public String faint(String text) {
    return painted("2", text);
  }

  private String painted(String code, String text) {
    return this == PLAIN || code.isEmpty() ? text : "\u001b[" + code + "m" + text + RESET;
  }
}
