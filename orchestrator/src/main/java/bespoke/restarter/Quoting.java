package bespoke.restarter;

/// How a property's value is written into the text around its token.
enum Quoting {
  /// As one word of a shell command, whatever the value holds.
  SHELL,
  /// As it is: addresses and URLs of probes, which no shell reads.
  NONE
}
