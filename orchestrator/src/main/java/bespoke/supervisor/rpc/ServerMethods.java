package bespoke.supervisor.rpc;

import bespoke.supervisor.config.ConfigurationException;
import bespoke.supervisor.event.EventTexts;
import bespoke.supervisor.server.ServerState;
import bespoke.supervisor.server.Supervision;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/// The methods `supervisor.…` that concern the server itself.
final class ServerMethods {
  static final String API_VERSION = "3.0";

  private final OnLoop loop;
  private final String version;

  ServerMethods(OnLoop loop, String version) {
    this.loop = loop;
    this.version = version;
  }

  void register(MethodTable table) {
    table.add(
        new RemoteMethod(
            "supervisor.getAPIVersion",
            List.of("string"),
            0,
            "Return the version of the remote interface.",
            _ -> loop.call(_ -> API_VERSION)));
    table.addAlias("supervisor.getVersion", "supervisor.getAPIVersion");
    table.add(
        new RemoteMethod(
            "supervisor.getSupervisorVersion",
            List.of("string"),
            0,
            "Return the version of the server.",
            _ -> loop.call(_ -> version)));
    table.add(
        new RemoteMethod(
            "supervisor.getIdentification",
            List.of("string"),
            0,
            "Return the server's identifier.",
            _ -> loop.call(current -> current.configuration().server().identifier())));
    table.add(
        new RemoteMethod(
            "supervisor.getState",
            List.of("struct"),
            0,
            "Return the state of the server as statecode and statename.",
            _ -> loop.call(ServerMethods::state)));
    table.add(
        new RemoteMethod(
            "supervisor.getPID",
            List.of("int"),
            0,
            "Return the process id of the server.",
            _ -> loop.call(_ -> (Object) ProcessHandle.current().pid())));
    table.add(
        new RemoteMethod(
            "supervisor.readLog",
            List.of("string", "int", "int"),
            0,
            "Return LENGTH bytes of the activity log from OFFSET; a length of 0 means to the end, a"
                + " negative offset with length 0 the last bytes.",
            arguments -> readLog(arguments.integer(0), arguments.integer(1))));
    table.addAlias("supervisor.readMainLog", "supervisor.readLog");
    table.add(
        new RemoteMethod(
            "supervisor.clearLog",
            List.of("boolean"),
            0,
            "Empty the activity log.",
            _ -> loop.call(ServerMethods::clearLog)));
    table.add(
        new RemoteMethod(
            "supervisor.shutdown",
            List.of("boolean"),
            0,
            "Stop all processes, then the server.",
            _ -> loop.call(current -> stop(current, ServerState.SHUTDOWN))));
    table.add(
        new RemoteMethod(
            "supervisor.restart",
            List.of("boolean"),
            0,
            "Stop all processes, read the configuration again and start. A configuration with"
                + " mistakes is refused and nothing is stopped.",
            _ -> loop.call(ServerMethods::restart)));
    table.add(
        new RemoteMethod(
            "supervisor.sendRemoteCommEvent",
            List.of("boolean", "string", "string"),
            0,
            "Send an event of type REMOTE_COMMUNICATION with TYPE and DATA to event listeners.",
            arguments -> {
              String type = arguments.text(0);
              String data = arguments.text(1);
              return loop.callAlways(current -> {
                current.publish(EventTexts.remoteCommunication(type, data));
                return true;
              });
            }));
  }

  private static Map<String, Object> state(Supervision current) {
    return Map.of("statecode", current.state().code(), "statename", current.state().name());
  }

  private Object readLog(int offset, int length) throws Fault, InterruptedException {
    Path file = loop.call(ServerMethods::logFile);
    return LogMethods.read(file, offset, length);
  }

  private static Path logFile(Supervision current) throws Fault {
    return current
        .log()
        .path()
        .orElseThrow(() -> new Fault(FaultCode.NO_FILE, "there is no activity log file"));
  }

  private static Boolean clearLog(Supervision current) throws Fault {
    Path file = logFile(current);
    try {
      current.log().clear();
      return true;
    } catch (NoSuchFileException _) {
      throw new Fault(FaultCode.NO_FILE, file.toString());
    } catch (IOException e) {
      throw new Fault(FaultCode.FAILED, e.toString());
    }
  }

  private static Boolean stop(Supervision current, ServerState then) {
    current.stop(then);
    return true;
  }

  private static Boolean restart(Supervision current) throws Fault {
    try {
      current.reread();
    } catch (ConfigurationException e) {
      throw new Fault(FaultCode.CANT_REREAD, e.getMessage() + "; nothing was stopped");
    }
    return stop(current, ServerState.RESTARTING);
  }
}
