package bespoke.supervisor.ctl;

import bespoke.supervisor.rpc.FaultCode;
import bespoke.supervisor.rpc.RemoteFault;
import bespoke.terminal.LineEditor;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/// A conversation with one server: the commands, where they print, and the exit status so far.
final class Session {
  private static final String API_VERSION = "3.0";

  private final PrintStream out;
  private final BufferedReader in;
  private final SortedMap<String, Command> commands = new TreeMap<>();
  private ClientConfiguration configuration;
  private RemoteServer server;
  private @Nullable LineEditor editor;

  /// A line that is being typed, which nobody wanted to wait for any longer.
  private @Nullable CompletableFuture<Optional<String>> typing;

  private boolean interactive;
  private boolean ended;
  private int exitStatus;

  Session(ClientConfiguration configuration, PrintStream out, BufferedReader in) {
    this.configuration = configuration;
    this.out = out;
    this.in = in;
    server =
        new RemoteServer(configuration.url(), configuration.username(), configuration.password());
    new StatusCommands(this).register();
    new ControlCommands(this).register();
    new LogCommands(this).register();
    new GroupCommands(this).register();
    new ShellCommands(this).register();
  }

  void add(Command command) {
    commands.put(command.name(), command);
  }

  SortedMap<String, Command> commands() {
    return commands;
  }

  /// What `help NAME` prints; empty for an unknown command.
  String helpOf(String name) {
    Command command = commands.get(name);
    return command == null ? "" : command.help();
  }

  /// Refuses the arguments of a command that takes none.
  boolean takesNone(String name, List<String> arguments) {
    if (arguments.isEmpty()) {
      return true;
    }
    print("Error: " + name + " accepts no arguments");
    print(helpOf(name));
    fail(ExitStatus.GENERIC);
    return false;
  }

  RemoteServer server() {
    return server;
  }

  /// Talks to another server from now on.
  void open(ServerUrl url) {
    configuration =
        new ClientConfiguration(
            url,
            configuration.username(),
            configuration.password(),
            configuration.prompt(),
            configuration.historyFile());
    server = new RemoteServer(url, configuration.username(), configuration.password());
  }

  /// Talks with other credentials from now on.
  void authenticate(String username, String password) {
    server = new RemoteServer(configuration.url(), username, password);
  }

  void print(String line) {
    out.println(line);
    out.flush();
  }

  PrintStream out() {
    return out;
  }

  /// The command has failed in some way; the last way wins.
  void fail(int status) {
    exitStatus = status;
  }

  int exitStatus() {
    return exitStatus;
  }

  boolean isInteractive() {
    return interactive;
  }

  /// @param ofTerminal asks from now on; null = lines are read plainly
  void becomeInteractive(@Nullable LineEditor ofTerminal) {
    interactive = true;
    editor = ofTerminal;
  }

  void end() {
    ended = true;
  }

  boolean hasEnded() {
    return ended;
  }

  /// Asks a person.
  ///
  /// @param isSecret whether a terminal hides the answer
  /// @return the answer; empty at the end of the input
  Optional<String> ask(String question, boolean isSecret) {
    try {
      if (editor != null) {
        return editor.ask(question, isSecret);
      }
      out.print(question);
      out.flush();
      CompletableFuture<Optional<String>> begun = typing;
      typing = null;
      return begun == null ? readLine() : begun.join();
    } catch (IOException _) {
      return Optional.empty();
    }
  }

  /// Reads a line for as long as it is wanted. What is typed after that is the next thing that
  /// [#ask] hears of.
  ///
  /// @param enough completes when no line is wanted any more
  Optional<String> askUntil(CompletableFuture<Optional<String>> enough) {
    if (editor != null) {
      return ask("", false); // it sees Ctrl-C itself
    }
    CompletableFuture<Optional<String>> line = typed();
    CompletableFuture.anyOf(line, enough).join();
    if (!line.isDone()) {
      return Optional.empty();
    }
    typing = null;
    return line.join();
  }

  private CompletableFuture<Optional<String>> typed() {
    CompletableFuture<Optional<String>> line = typing;
    if (line == null) {
      line = new CompletableFuture<>();
      typing = line;
      CompletableFuture<Optional<String>> reading = line;
      Thread _ = Thread.ofPlatform().daemon().start(() -> reading.complete(readLine()));
    }
    return line;
  }

  private Optional<String> readLine() {
    try {
      return Optional.ofNullable(in.readLine());
    } catch (IOException _) {
      return Optional.empty();
    }
  }

  /// Runs one command line.
  void run(String line) {
    var words = new ArrayList<String>();
    for (String word : line.strip().split("\\s+")) {
      if (!word.isEmpty()) {
        words.add(word);
      }
    }
    if (!words.isEmpty()) {
      run(words.removeFirst(), words, line);
    }
  }

  private void run(String name, List<String> arguments, String line) {
    Command command = commands.get(name.equals("?") ? "help" : name);
    if (command == null) {
      print("*** Unknown syntax: " + line.strip());
      fail(ExitStatus.GENERIC);
      return;
    }
    try {
      if (!command.checksServer() || isServerUp()) {
        command.body().run(arguments);
      }
    } catch (RemoteFault e) {
      print("error: " + e.getMessage());
      fail(ExitStatus.GENERIC);
    } catch (UnreachableException e) {
      unreachable(name, command.checksServer(), e);
    }
  }

  /// @param isChecked whether the command looks first whether the server is there; the others of
  ///   the stock client fail in the middle, with another status
  private void unreachable(String command, boolean isChecked, UnreachableException e) {
    print(String.valueOf(e.getMessage()));
    fail(
        command.equals("status")
            ? ExitStatus.STATUS_UNKNOWN
            : !isChecked
                ? ExitStatus.GENERIC
                : switch (e.kind()) {
                  case NO_SUCH_FILE -> ExitStatus.NOT_RUNNING;
                  case REFUSED -> ExitStatus.REFUSED;
                  case NOT_AUTHORIZED, OTHER -> ExitStatus.GENERIC;
                });
    if (interactive && e.kind() == UnreachableException.Kind.NOT_AUTHORIZED) {
      ask("Username:", false)
          .ifPresent(username ->
              ask("Password:", true).ifPresent(password -> authenticate(username, password)));
    }
  }

  private boolean isServerUp() throws UnreachableException, RemoteFault {
    try {
      Object version = server.call("getVersion");
      if (version.equals(API_VERSION)) {
        return true;
      }
      print(
          "Sorry, this version of supervisorctl expects to talk to a server with API version "
              + API_VERSION
              + ", but the remote version is "
              + version
              + ".");
      fail(ExitStatus.NOT_INSTALLED);
      return false;
    } catch (RemoteFault e) {
      if (e.code() != FaultCode.UNKNOWN_METHOD.code()) {
        throw e;
      }
      print(
          "Sorry, supervisord responded but did not recognize the supervisor namespace commands"
              + " that supervisorctl uses to control it.  Please check that the"
              + " [rpcinterface:supervisor] section is enabled in the configuration file.");
      fail(ExitStatus.UNIMPLEMENTED);
      return false;
    }
  }
}
