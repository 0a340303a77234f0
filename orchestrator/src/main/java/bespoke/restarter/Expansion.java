package bespoke.restarter;

/// What became of a text with tokens.
sealed interface Expansion {

  /// The text with every token replaced.
  record Expanded(String text) implements Expansion {}

  /// A token could not be replaced.
  ///
  /// @param reason a sentence for a person
  record Refused(String reason) implements Expansion {}
}
