package bespoke.api.json;

/// A text that is not the JSON this protocol speaks; the message says what and where.
public final class JsonException extends RuntimeException {

  private static final long serialVersionUID = 1;

  /// @param message what is wrong, in a sentence without a period
  public JsonException(String message) {
    super(message);
  }
}
