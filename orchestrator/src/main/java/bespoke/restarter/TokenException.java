package bespoke.restarter;

import java.io.Serial;

/// A token that cannot be replaced; never leaves [Tokens].
final class TokenException extends Exception {

  @Serial private static final long serialVersionUID = 1L;

  private final String reason;

  TokenException(String reason) {
    super(reason, null, false, false);
    this.reason = reason;
  }

  /// What is wrong, for a person.
  String reason() {
    return reason;
  }
}
