package bespoke.supervisor.rpc;

import java.util.List;

/// A method that clients can call.
///
/// @param name `namespace.method`
/// @param signature the type of the result, then those of the parameters
/// @param optional how many of the last parameters may be left out
/// @param help one or several lines for people
public record RemoteMethod(
    String name, List<String> signature, int optional, String help, Body body) {
  public RemoteMethod {
    signature = List.copyOf(signature);
  }

  /// What a method does. Runs on the caller's thread, which may wait.
  @FunctionalInterface
  public interface Body {
    Object call(Arguments arguments) throws Fault, InterruptedException;
  }

  int parametersMax() {
    return signature.size() - 1;
  }

  int parametersMin() {
    return parametersMax() - optional;
  }
}
