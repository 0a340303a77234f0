package bespoke.repository;

/// An edit that cannot be made; caught where the edits of a list are counted.
final class RefusedEditException extends Exception {

  RefusedEditException(String message) {
    super(message);
  }

  @Override
  public String getMessage() {
    return String.valueOf(super.getMessage());
  }
}
