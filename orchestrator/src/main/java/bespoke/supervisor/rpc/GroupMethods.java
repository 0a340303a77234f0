package bespoke.supervisor.rpc;

import bespoke.supervisor.config.ConfigurationException;
import bespoke.supervisor.config.GroupConfig;
import bespoke.supervisor.config.ProcessConfig;
import bespoke.supervisor.process.ProcessStatus;
import bespoke.supervisor.server.GroupDifference;
import bespoke.supervisor.server.ManagedGroup;
import bespoke.supervisor.server.ManagedProcess;
import bespoke.supervisor.server.Supervision;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/// The methods `supervisor.…` that describe processes and that add and remove groups.
final class GroupMethods {
  private final OnLoop loop;

  GroupMethods(OnLoop loop) {
    this.loop = loop;
  }

  void register(MethodTable table) {
    registerUpdate(table);
    table.add(
        new RemoteMethod(
            "supervisor.getProcessInfo",
            List.of("struct", "string"),
            0,
            "Return a struct that describes the process NAME.",
            arguments -> {
              String name = arguments.text(0);
              return loop.call(current -> describe(current, ProcessNames.process(current, name)));
            }));
    table.add(
        new RemoteMethod(
            "supervisor.getAllProcessInfo",
            List.of("array"),
            0,
            "Return an array of structs that describe all processes.",
            _ -> loop.call(GroupMethods::allProcesses)));
    table.add(
        new RemoteMethod(
            "supervisor.getAllConfigInfo",
            List.of("array"),
            0,
            "Return an array of structs that tell what the configuration says about each process.",
            _ -> loop.call(GroupMethods::allConfigurations)));
    table.add(
        new RemoteMethod(
            "supervisor.reloadConfig",
            List.of("array"),
            0,
            "Read the configuration again; return [[added, changed, removed]] with names of"
                + " groups.",
            _ -> loop.call(GroupMethods::reread)));
    table.add(
        new RemoteMethod(
            "supervisor.addProcessGroup",
            List.of("boolean", "string"),
            0,
            "Make the group NAME of the configuration last read and start it.",
            arguments -> {
              String name = arguments.text(0);
              return loop.call(current -> add(current, name));
            }));
    table.add(
        new RemoteMethod(
            "supervisor.removeProcessGroup",
            List.of("boolean", "string"),
            0,
            "Forget the group NAME, all processes of which are stopped.",
            arguments -> {
              String name = arguments.text(0);
              return loop.call(current -> remove(current, name));
            }));
  }

  private static Map<String, Object> describe(Supervision current, ManagedProcess process) {
    return ProcessDescription.of(process, current.waitsFor(process), current.now());
  }

  private void registerUpdate(MethodTable table) {
    table.add(
        new RemoteMethod(
            "supervisor.updateProcessGroup",
            List.of("array", "string"),
            0,
            "Bring the group NAME to what the configuration last read says, leaving alone every"
                + " process that does not change; return a status struct for each process that was"
                + " stopped.",
            arguments -> update(arguments.text(0))));
  }

  /// What was begun by an update: the processes to be stopped and which of all were running.
  private record Stopping(
      List<ManagedProcess> concerned,
      List<CompletableFuture<ProcessStatus>> stopped,
      Set<String> running) {}

  private List<Map<String, Object>> update(String name) throws Fault, InterruptedException {
    Stopping stopping = loop.call(current -> beginUpdate(current, name));
    for (CompletableFuture<ProcessStatus> stopped : stopping.stopped()) {
      ProcessStatus _ = OnLoop.await(stopped);
    }
    return loop.call(current -> {
      try {
        current.change(
            ProcessNames.group(current, name), configured(current, name), stopping.running());
      } catch (IOException e) {
        throw new Fault(FaultCode.FAILED, name + ": " + e);
      }
      return stopping.concerned().stream().map(ProcessResult::success).toList();
    });
  }

  private static Stopping beginUpdate(Supervision current, String name) throws Fault {
    List<ManagedProcess> concerned =
        current.concerned(ProcessNames.group(current, name), configured(current, name));
    var running = new HashSet<String>();
    var stopped = new ArrayList<CompletableFuture<ProcessStatus>>();
    for (ManagedProcess process : concerned) {
      if (process.status().state().isRunning()) {
        running.add(process.config().name());
        process.stop();
      }
      stopped.add(process.when(status -> status.state().isStopped()));
    }
    return new Stopping(concerned, stopped, running);
  }

  private static GroupConfig configured(Supervision current, String name) throws Fault {
    return current.lastRead().group(name).orElseThrow(() -> new Fault(FaultCode.BAD_NAME, name));
  }

  private static List<Map<String, Object>> allProcesses(Supervision current) {
    var all = new ArrayList<Map<String, Object>>();
    for (ManagedGroup group : current.groups()) {
      group.processes().stream()
          .sorted(Comparator.comparing(process -> process.config().name()))
          .forEach(process -> all.add(describe(current, process)));
    }
    return all;
  }

  private static List<Map<String, Object>> allConfigurations(Supervision current) {
    record Entry(GroupConfig group, ProcessConfig process) {}

    return current.lastRead().groups().stream()
        .flatMap(group -> group.processes().stream().map(process -> new Entry(group, process)))
        .sorted(Comparator.comparing(entry -> entry.process().name()))
        .map(entry ->
            ConfigDescription.of(
                entry.group(), entry.process(), current.group(entry.group().name()).isPresent()))
        .toList();
  }

  private static List<Object> reread(Supervision current) throws Fault {
    try {
      GroupDifference difference = current.reread();
      return List.of(List.of(difference.added(), difference.changed(), difference.removed()));
    } catch (ConfigurationException e) {
      throw new Fault(FaultCode.CANT_REREAD, String.valueOf(e.getMessage()));
    }
  }

  private static Boolean add(Supervision current, String name) throws Fault {
    GroupConfig config =
        current.lastRead().group(name).orElseThrow(() -> new Fault(FaultCode.BAD_NAME, name));
    if (current.group(name).isPresent()) {
      throw new Fault(FaultCode.ALREADY_ADDED, name);
    }
    try {
      current.add(config);
      return true;
    } catch (IOException e) {
      throw new Fault(FaultCode.FAILED, name + ": " + e);
    }
  }

  private static Boolean remove(Supervision current, String name) throws Fault {
    ManagedGroup group = ProcessNames.group(current, name);
    if (!group.isStopped()) {
      throw new Fault(FaultCode.STILL_RUNNING, name);
    }
    current.remove(group);
    return true;
  }
}
