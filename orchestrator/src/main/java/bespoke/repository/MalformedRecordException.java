package bespoke.repository;

/// Bytes that are not what their writer would have written: damaged, or of a later version.
public final class MalformedRecordException extends RuntimeException {

  /// @param message what was expected
  public MalformedRecordException(String message) {
    super(message);
  }
}
