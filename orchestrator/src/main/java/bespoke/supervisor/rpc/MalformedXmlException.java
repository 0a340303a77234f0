package bespoke.supervisor.rpc;

/// A body that is no XML-RPC.
public final class MalformedXmlException extends Exception {
  private static final long serialVersionUID = 1L;

  public MalformedXmlException(String problem) {
    super(problem);
  }
}
