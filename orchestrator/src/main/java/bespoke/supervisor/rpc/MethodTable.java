package bespoke.supervisor.rpc;

import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/// All methods that can be called; there is nothing else.
public final class MethodTable {
  private final SortedMap<String, RemoteMethod> methods = new TreeMap<>();

  public void add(RemoteMethod method) {
    methods.put(method.name(), method);
  }

  /// The same method under an older name.
  void addAlias(String alias, String name) {
    RemoteMethod method = methods.get(name);
    if (method != null) {
      add(
          new RemoteMethod(
              alias, method.signature(), method.optional(), method.help(), method.body()));
    }
  }

  /// The names of all methods, sorted.
  List<String> names() {
    return List.copyOf(methods.keySet());
  }

  Optional<RemoteMethod> method(String name) {
    return Optional.ofNullable(methods.get(name));
  }

  /// Calls a method; waits for its result.
  public Object call(MethodCall call) throws Fault, InterruptedException {
    RemoteMethod method = methods.get(call.method());
    if (method == null) {
      throw new Fault(FaultCode.UNKNOWN_METHOD);
    }
    int count = call.parameters().size();
    if (count < method.parametersMin() || count > method.parametersMax()) {
      throw new Fault(FaultCode.INCORRECT_PARAMETERS);
    }
    return method.body().call(new Arguments(call.parameters()));
  }
}
