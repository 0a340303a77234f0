package bespoke.supervisor.rpc;

import java.util.Map;

/// A fault that a server answered with.
public final class RemoteFault extends Exception {
  private static final long serialVersionUID = 1L;

  private final int code;
  private final String text;

  public RemoteFault(int code, String text) {
    super("Fault " + code + ": '" + text + "'");
    this.code = code;
    this.text = text;
  }

  static RemoteFault of(Map<?, ?> members) {
    return new RemoteFault(
        members.get("faultCode") instanceof Integer code ? code : 0,
        String.valueOf(members.get("faultString")));
  }

  public int code() {
    return code;
  }

  public String text() {
    return text;
  }
}
