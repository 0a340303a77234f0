package bespoke.restarter;

import java.io.Serial;

/// A token that cannot be replaced; never leaves [Tokens].
final class TokenException extends Exception {

  @Serial private static final long serialVersionUID = 1L;

  TokenException(String reason) {
    super(reason, null, false, false);
  }
}
