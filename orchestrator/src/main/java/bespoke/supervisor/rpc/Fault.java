package bespoke.supervisor.rpc;

/// A refusal that the caller of a remote method gets.
public final class Fault extends Exception {
  private static final long serialVersionUID = 1L;

  private final FaultCode code;

  public Fault(FaultCode code) {
    super(code.name());
    this.code = code;
  }

  /// @param detail a name, path or reason
  public Fault(FaultCode code, String detail) {
    super(code.name() + ": " + detail);
    this.code = code;
  }

  /// The same fault, raised on another thread.
  Fault(Fault cause) {
    super(cause.getMessage(), cause);
    this.code = cause.code;
  }

  public FaultCode code() {
    return code;
  }

  /// The text that the caller gets: the name of the fault, often with a detail.
  public String text() {
    return String.valueOf(getMessage());
  }
}
