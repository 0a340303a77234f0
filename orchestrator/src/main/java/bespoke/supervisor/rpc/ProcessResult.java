package bespoke.supervisor.rpc;

import bespoke.supervisor.server.ManagedProcess;
import java.util.LinkedHashMap;
import java.util.Map;

/// What became of one process in a call for several.
final class ProcessResult {
  private ProcessResult() {}

  static Map<String, Object> success(ManagedProcess process) {
    return result(process, FaultCode.SUCCESS.code(), "OK");
  }

  static Map<String, Object> failure(ManagedProcess process, Fault fault) {
    return result(process, fault.code().code(), fault.text());
  }

  private static Map<String, Object> result(ManagedProcess process, int status, String text) {
    var result = new LinkedHashMap<String, Object>();
    result.put("name", process.config().name());
    result.put("group", process.groupName());
    result.put("status", status);
    result.put("description", text);
    return result;
  }
}
