package bespoke.supervisor.rpc;

import bespoke.supervisor.log.LogReader;
import bespoke.supervisor.process.ProcessState;
import bespoke.supervisor.server.InputPipe;
import bespoke.supervisor.server.ManagedProcess;
import bespoke.supervisor.server.Supervision;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The methods `supervisor.…` for the logs and the standard input of processes.
final class LogMethods {
  private final OnLoop loop;

  LogMethods(OnLoop loop) {
    this.loop = loop;
  }

  void register(MethodTable table) {
    read(table, "Stdout", false);
    read(table, "Stderr", true);
    table.addAlias("supervisor.readProcessLog", "supervisor.readProcessStdoutLog");
    table.addAlias("supervisor.tailProcessLog", "supervisor.tailProcessStdoutLog");
    table.add(
        new RemoteMethod(
            "supervisor.clearProcessLogs",
            List.of("boolean", "string"),
            0,
            "Empty the logs of the process NAME.",
            arguments -> {
              String name = arguments.text(0);
              return loop.call(current -> clear(ProcessNames.process(current, name), name));
            }));
    table.addAlias("supervisor.clearProcessLog", "supervisor.clearProcessLogs");
    table.add(
        new RemoteMethod(
            "supervisor.clearAllProcessLogs",
            List.of("array"),
            0,
            "Empty the logs of all processes; return a status struct for each.",
            _ -> loop.call(LogMethods::clearAll)));
    table.add(
        new RemoteMethod(
            "supervisor.sendProcessStdin",
            List.of("boolean", "string", "string"),
            0,
            "Write CHARS, as UTF-8, to the standard input of the process NAME.",
            arguments -> {
              String name = arguments.text(0);
              String characters = arguments.text(1);
              return loop.call(current -> send(current, name, characters));
            }));
  }

  private void read(MethodTable table, String stream, boolean stderr) {
    table.add(
        new RemoteMethod(
            "supervisor.readProcess" + stream + "Log",
            List.of("string", "string", "int", "int"),
            0,
            "Return LENGTH bytes of the log of the process NAME from OFFSET; a length of 0 means to"
                + " the end, a negative offset with length 0 the last bytes.",
            arguments -> {
              String name = arguments.text(0);
              Path file = file(name, stderr).orElseThrow(() -> new Fault(FaultCode.NO_FILE, name));
              return read(file, arguments.integer(1), arguments.integer(2));
            }));
    table.add(
        new RemoteMethod(
            "supervisor.tailProcess" + stream + "Log",
            List.of("array", "string", "int", "int"),
            0,
            "Return at most the last LENGTH bytes that were added to the log of the process NAME"
                + " since OFFSET, the new offset, and whether more were added.",
            arguments ->
                tail(file(arguments.text(0), stderr), arguments.integer(1), arguments.integer(2))));
  }

  private Optional<Path> file(String name, boolean stderr) throws Fault, InterruptedException {
    return loop.call(
        current -> Optional.ofNullable(ProcessNames.process(current, name).logFile(stderr)));
  }

  /// The part of a log.
  static String read(Path file, int offset, int length) throws Fault {
    try {
      return LogReader.read(file, offset, length);
    } catch (IllegalArgumentException _) {
      throw new Fault(FaultCode.BAD_ARGUMENTS);
    } catch (IOException _) {
      throw new Fault(FaultCode.NO_FILE, file.toString());
    }
  }

  private static List<Object> tail(Optional<Path> file, int offset, int length) {
    if (file.isPresent()) {
      try {
        LogReader.Tail tail = LogReader.tail(file.get(), offset, Math.max(0, length));
        return List.of(tail.text(), tail.offset(), tail.overflow());
      } catch (IOException _) {
        // as if there were no log
      }
    }
    return List.of("", 0, false);
  }

  private static Boolean clear(ManagedProcess process, String name) throws Fault {
    try {
      process.clearLogs();
      return true;
    } catch (IOException _) {
      throw new Fault(FaultCode.FAILED, name);
    }
  }

  private static List<Map<String, Object>> clearAll(Supervision current) {
    var results = new ArrayList<Map<String, Object>>();
    for (ManagedProcess process : current.processesInOrder()) {
      try {
        boolean _ = clear(process, process.config().name());
        results.add(ProcessResult.success(process));
      } catch (Fault e) {
        results.add(ProcessResult.failure(process, e));
      }
    }
    return results;
  }

  private static Boolean send(Supervision current, String name, String characters) throws Fault {
    ManagedProcess process = ProcessNames.process(current, name);
    if (process.status().pid() == 0 || process.status().state() == ProcessState.STOPPING) {
      throw new Fault(FaultCode.NOT_RUNNING, name);
    }
    InputPipe.Sent sent = process.send(characters.getBytes(StandardCharsets.UTF_8));
    return switch (sent) {
      case TAKEN -> true;
      case CLOSED -> throw new Fault(FaultCode.NO_FILE, name);
      case FULL -> throw new Fault(FaultCode.FAILED, name + ": its input is full");
    };
  }
}
