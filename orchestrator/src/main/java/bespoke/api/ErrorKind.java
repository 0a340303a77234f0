package bespoke.api;

/// Why a request failed, for programs; people read the messages.
public enum ErrorKind {
  /// The line was no request of this protocol.
  BAD_REQUEST("bad_request"),
  /// The protocol's version is not spoken here.
  VERSION("version"),
  /// An operand matches nothing.
  NOT_FOUND("not_found"),
  /// An operand matches several and must not.
  AMBIGUOUS("ambiguous"),
  /// The caller may not do that.
  PERMISSION("permission"),
  /// It would stop what was not named, and nobody confirmed that.
  UNCONFIRMED("unconfirmed"),
  /// It cannot be done in the present state.
  STATE("state"),
  /// A service description is wrong.
  INVALID("invalid"),
  /// This daemon cannot do that yet.
  NOT_AVAILABLE("not_available"),
  /// Something is longer or more than allowed.
  LIMIT("limit"),
  /// The daemon is going down.
  SHUTTING_DOWN("shutting_down"),
  /// A fault of bespoke itself.
  INTERNAL("internal");

  private final String word;

  ErrorKind(String word) {
    this.word = word;
  }

  /// The word on the wire.
  public String word() {
    return word;
  }
}
