package bespoke.supervisor.rpc;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// The methods `system.…`.
final class SystemMethods {
  private static final int CALLS_MAX = 10_000;

  private final MethodTable table;

  SystemMethods(MethodTable table) {
    this.table = table;
  }

  void register() {
    table.add(
        new RemoteMethod(
            "system.listMethods",
            List.of("array"),
            0,
            "Return an array of the names of all methods, sorted.",
            _ -> table.names()));
    table.add(
        new RemoteMethod(
            "system.methodHelp",
            List.of("string", "string"),
            0,
            "Return a text that says what the method NAME does.",
            arguments -> known(arguments.text(0)).help()));
    table.add(
        new RemoteMethod(
            "system.methodSignature",
            List.of("array", "string"),
            0,
            "Return an array with the type of the result of the method NAME and the types of its"
                + " parameters.",
            arguments -> known(arguments.text(0)).signature()));
    table.add(
        new RemoteMethod(
            "system.multicall",
            List.of("array", "array"),
            0,
            "Call several methods one after another. CALLS is an array of structs with methodName"
                + " and params; the result has one value or fault struct for each.",
            arguments -> multicall(arguments.list(0))));
  }

  private RemoteMethod known(String name) throws Fault {
    return table.method(name).orElseThrow(() -> new Fault(FaultCode.SIGNATURE_UNSUPPORTED));
  }

  private List<Object> multicall(List<?> calls) throws Fault, InterruptedException {
    if (calls.size() > CALLS_MAX) {
      throw new Fault(FaultCode.INCORRECT_PARAMETERS, "more than " + CALLS_MAX + " calls");
    }
    var results = new ArrayList<Object>();
    for (Object call : calls) {
      try {
        results.add(table.call(parsed(call)));
      } catch (Fault e) {
        results.add(XmlRpcWriter.struct(e));
      }
    }
    return results;
  }

  private static MethodCall parsed(Object call) throws Fault {
    if (!(call instanceof Map<?, ?> members)
        || !(members.get("methodName") instanceof String name)) {
      throw new Fault(FaultCode.INCORRECT_PARAMETERS, "No methodName");
    }
    if (name.equals("system.multicall")) {
      throw new Fault(FaultCode.INCORRECT_PARAMETERS, "Recursive system.multicall forbidden");
    }
    Object parameters = members.get("params");
    return new MethodCall(
        name, parameters instanceof List<?> list ? List.<Object>copyOf(list) : List.of());
  }
}
