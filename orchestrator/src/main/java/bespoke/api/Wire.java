package bespoke.api;

/// The constants of the protocol.
public final class Wire {

  /// The version of the protocol; every request carries it. It grows when an old program would
  /// misunderstand a new one, not when fields or operations are added.
  public static final int VERSION = 1;

  /// The longest request, in bytes without its newline.
  public static final int REQUEST_BYTES_MAX = 16 << 20;

  /// The longest request of a caller who may not change anything, in bytes without its newline.
  public static final int SMALL_REQUEST_BYTES_MAX = 64 << 10;

  /// The longest line of an answer, in bytes without its newline.
  public static final int REPLY_BYTES_MAX = 16 << 20;

  /// The most operands of one request.
  public static final int OPERANDS_MAX = 10_000;

  /// The most edits of one script.
  public static final int EDITS_MAX = 10_000;

  /// Where the socket is, under the root.
  public static final String SOCKET = "run/control.sock";

  private Wire() {}
}
