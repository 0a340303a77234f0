package bespoke.supervisor.rpc;

import java.util.List;

/// A call of a remote method. Parameters are String, Integer, Boolean, Double, byte[], List or Map.
public record MethodCall(String method, List<Object> parameters) {
  public MethodCall {
    parameters = List.copyOf(parameters);
  }
}
