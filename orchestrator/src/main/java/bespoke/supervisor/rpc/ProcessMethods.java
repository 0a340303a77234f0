package bespoke.supervisor.rpc;

import bespoke.supervisor.config.SignalNumber;
import bespoke.supervisor.process.ProcessStatus;
import bespoke.supervisor.server.ManagedProcess;
import bespoke.supervisor.server.Supervision;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// The methods `supervisor.…` that start, stop and signal processes.
final class ProcessMethods {
  private static final String WAIT = " Unless WAIT is false, the answer comes when it is done.";

  private final OnLoop loop;

  ProcessMethods(OnLoop loop) {
    this.loop = loop;
  }

  void register(MethodTable table) {
    registerStart(table);
    registerStop(table);
    registerSignal(table);
  }

  private void registerStart(MethodTable table) {
    table.add(
        new RemoteMethod(
            "supervisor.startProcess",
            List.of("boolean", "string", "boolean"),
            1,
            "Start the process NAME, or all of a group with GROUP:*." + WAIT,
            a -> one(a.text(0), new Start(a.bool(1, true)))));
    table.add(
        new RemoteMethod(
            "supervisor.startProcessGroup",
            List.of("array", "string", "boolean"),
            1,
            "Start all processes of the group NAME; return a status struct for each." + WAIT,
            a ->
                many(
                    current -> ProcessNames.group(current, a.text(0)).processes(),
                    new Start(a.bool(1, true)))));
    table.add(
        new RemoteMethod(
            "supervisor.startAllProcesses",
            List.of("array", "boolean"),
            1,
            "Start all processes; return a status struct for each." + WAIT,
            a -> many(Supervision::processesInOrder, new Start(a.bool(0, true)))));
  }

  private void registerStop(MethodTable table) {
    table.add(
        new RemoteMethod(
            "supervisor.stopProcess",
            List.of("boolean", "string", "boolean"),
            1,
            "Stop the process NAME, or all of a group with GROUP:*." + WAIT,
            a -> one(a.text(0), new Stop(a.bool(1, true)))));
    table.add(
        new RemoteMethod(
            "supervisor.stopProcessGroup",
            List.of("array", "string", "boolean"),
            1,
            "Stop all processes of the group NAME; return a status struct for each." + WAIT,
            a ->
                many(
                    current -> ProcessNames.group(current, a.text(0)).processes(),
                    new Stop(a.bool(1, true)))));
    table.add(
        new RemoteMethod(
            "supervisor.stopAllProcesses",
            List.of("array", "boolean"),
            1,
            "Stop all processes; return a status struct for each." + WAIT,
            a ->
                many(current -> current.processesInOrder().reversed(), new Stop(a.bool(0, true)))));
  }

  private void registerSignal(MethodTable table) {
    table.add(
        new RemoteMethod(
            "supervisor.signalProcess",
            List.of("boolean", "string", "string"),
            0,
            "Send SIGNAL, a name or number, to the process NAME, or to all of a group with"
                + " GROUP:*.",
            a -> one(a.text(0), new Send(Control.signalNumber(a.text(1))))));
    table.add(
        new RemoteMethod(
            "supervisor.signalProcessGroup",
            List.of("array", "string", "string"),
            0,
            "Send SIGNAL to all processes of the group NAME; return a status struct for each.",
            a ->
                many(
                    current -> ProcessNames.group(current, a.text(0)).processes(),
                    new Send(Control.signalNumber(a.text(1))))));
    table.add(
        new RemoteMethod(
            "supervisor.signalAllProcesses",
            List.of("array", "string"),
            0,
            "Send SIGNAL to all processes; return a status struct for each.",
            a -> many(Supervision::processesInOrder, new Send(Control.signalNumber(a.text(0))))));
  }

  /// What is done to one process of several.
  private sealed interface Deed {
    Predicate<ProcessStatus> concerns();
  }

  private record Start(boolean waits) implements Deed {
    @Override
    public Predicate<ProcessStatus> concerns() {
      return status -> !status.state().isRunning();
    }
  }

  private record Stop(boolean waits) implements Deed {
    @Override
    public Predicate<ProcessStatus> concerns() {
      return status -> status.state().isRunning();
    }
  }

  private record Send(SignalNumber signal) implements Deed {
    @Override
    public Predicate<ProcessStatus> concerns() {
      return status -> status.state().isSignallable();
    }
  }

  /// Something begun, which is done when the future is.
  ///
  /// @param refusal why it was not begun; null if it was
  private record Begun(
      ManagedProcess process,
      CompletableFuture<ProcessStatus> done,
      Deed deed,
      @Nullable Fault refusal) {}

  /// Does something to one process, or to a whole group if the name says so.
  private Object one(String name, Deed deed) throws Fault, InterruptedException {
    if (ProcessNames.isWholeGroup(name)) {
      return many(
          current -> ProcessNames.group(current, ProcessNames.groupOf(name)).processes(), deed);
    }
    Begun begun =
        loop.call(current -> begin(current, ProcessNames.process(current, name), name, deed));
    finish(begun, name);
    return true;
  }

  private static void finish(Begun begun, String name) throws Fault, InterruptedException {
    if (begun.refusal() != null) {
      throw begun.refusal();
    }
    ProcessStatus status = OnLoop.await(begun.done());
    if (begun.deed() instanceof Start(boolean wait)) {
      Control.judgeStart(status, name, wait);
    }
  }

  private interface Selection {
    Collection<ManagedProcess> of(Supervision current) throws Fault;
  }

  /// Does something to all processes that it concerns, at once, and waits for all.
  private List<Map<String, Object>> many(Selection selection, Deed deed)
      throws Fault, InterruptedException {
    List<Begun> all = loop.call(current -> beginAll(current, selection.of(current), deed));
    var results = new ArrayList<Map<String, Object>>();
    for (Begun begun : all) {
      try {
        finish(begun, begun.process().config().name());
        results.add(ProcessResult.success(begun.process()));
      } catch (Fault e) {
        results.add(ProcessResult.failure(begun.process(), e));
      }
    }
    return results;
  }

  private static List<Begun> beginAll(
      Supervision current, Collection<ManagedProcess> processes, Deed deed) {
    var begun = new ArrayList<Begun>();
    for (ManagedProcess process : List.copyOf(processes)) {
      if (deed.concerns().test(process.status())) {
        begun.add(begin(current, process, process.config().name(), deed));
      }
    }
    return begun;
  }

  private static Begun begin(Supervision current, ManagedProcess process, String name, Deed deed) {
    try {
      CompletableFuture<ProcessStatus> done =
          switch (deed) {
            case Start(boolean wait) -> Control.start(current, process, name, wait);
            case Stop(boolean wait) -> Control.stop(current, process, name, wait);
            case Send(SignalNumber signal) -> {
              Control.signal(process, name, signal);
              yield CompletableFuture.completedFuture(process.status());
            }
          };
      return new Begun(process, done, deed, null);
    } catch (Fault e) {
      return new Begun(process, new CompletableFuture<>(), deed, e);
    }
  }
}
