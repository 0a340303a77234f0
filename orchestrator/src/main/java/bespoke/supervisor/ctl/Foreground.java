package bespoke.supervisor.ctl;

import bespoke.supervisor.rpc.FaultCode;
import bespoke.supervisor.rpc.RemoteFault;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/// The command `fg`: shows what a process writes and sends it the lines that are typed.
final class Foreground {
  private final Session session;
  private final List<HttpClient.Answer> streams = new ArrayList<>();

  Foreground(Session session) {
    this.session = session;
  }

  void run(List<String> arguments) throws RemoteFault, UnreachableException {
    if (arguments.isEmpty()) {
      refuse("no process name supplied");
      session.print(session.helpOf("fg"));
    } else if (arguments.size() > 1) {
      refuse("too many process names supplied");
    } else if (isRunning(arguments.getFirst())) {
      connect(arguments.getFirst());
    }
  }

  private void refuse(String problem) {
    session.print("ERROR: " + problem);
    session.fail(ExitStatus.GENERIC);
  }

  private boolean isRunning(String name) throws RemoteFault, UnreachableException {
    try {
      if (state(name).equals("RUNNING")) {
        return true;
      }
      refuse("process not running");
    } catch (RemoteFault e) {
      if (e.code() != FaultCode.BAD_NAME.code()) {
        throw e;
      }
      refuse("bad process name supplied");
    }
    return false;
  }

  private String state(String name) throws RemoteFault, UnreachableException {
    Map<?, ?> info = (Map<?, ?>) session.server().call("getProcessInfo", name);
    return String.valueOf(info.get("statename"));
  }

  private void connect(String name) throws UnreachableException {
    session.print(LogCommands.BANNER);
    var enough = new CompletableFuture<Optional<String>>();
    try (var _ = InterruptKey.does(() -> enough.complete(Optional.empty()))) {
      show(name, "stdout");
      show(name, "stderr");
      converse(name, enough);
    } catch (RemoteFault e) {
      session.print(
          e.code() == FaultCode.NOT_RUNNING.code() ? "Process got killed" : "ERROR: " + e.text());
    } finally {
      streams.forEach(HttpClient.Answer::end);
      session.print("Exiting foreground");
    }
  }

  /// A stream that is not logged, or goes where the other goes, is not shown.
  private void show(String name, String stream) {
    try {
      HttpClient.Answer answer = session.server().follow("/logtail/" + name + "/" + stream);
      streams.add(answer);
      Thread _ = Thread.startVirtualThread(() -> copy(answer));
    } catch (UnreachableException _) {
      // lines can be sent to it all the same
    }
  }

  private void copy(HttpClient.Answer answer) {
    try {
      answer.copyTo(session.out());
    } catch (IOException _) {
      // closed at the end
    }
  }

  private void converse(String name, CompletableFuture<Optional<String>> enough)
      throws RemoteFault, UnreachableException {
    Optional<String> line = session.askUntil(enough);
    while (line.isPresent()) {
      Object _ = session.server().call("sendProcessStdin", name, line.get() + "\n");
      if (!state(name).equals("RUNNING")) {
        session.print("Process got killed");
        return;
      }
      line = session.askUntil(enough);
    }
  }
}
