package bespoke.ondemand;

import java.io.Serial;

/// An instance cannot wait for its occasion; the message is a sentence for `svcs -x`.
public final class NotArmedException extends Exception {
  @Serial private static final long serialVersionUID = 1L;

  private final String reason;

  /// Why not.
  public NotArmedException(String message) {
    super(message, null, false, false);
    reason = message;
  }

  /// The sentence.
  public String reason() {
    return reason;
  }
}
