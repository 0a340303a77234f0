package bespoke.supervisor;

import bespoke.os.Children;
import bespoke.os.Descriptor;
import bespoke.os.OwnProcess;
import bespoke.os.PosixSpawner;
import bespoke.os.SpawnContext;
import bespoke.os.SpawnRequest;
import bespoke.os.Spawned;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Becoming a daemon without fork(2), which a JVM cannot survive: the program starts itself again
/// in a session of its own, and ends when the new one says that it is ready.
final class Daemonizing {
  /// The variable that tells the new one.
  static final String MARK = "BESPOKE_SUPERVISORD_DAEMON";

  /// The descriptor on which the new one says so.
  private static final int READY_DESCRIPTOR = 3;

  /// What bespoke tells a method; then a keeper stays, see [#keeper].
  private static final String SERVICE_VARIABLE = "SMF_FMRI";

  /// Starts its arguments again when a signal has killed them.
  private static final String KEEPER =
      "while :; do \"$@\"; status=$?; [ $status -ge 128 ] || exit $status; sleep 0.2; done";

  private final Map<String, String> environment;
  private final boolean foreground;

  Daemonizing(Map<String, String> environment, boolean foreground) {
    this.environment = environment;
    this.foreground = foreground;
  }

  /// Whether this process only has to start another.
  boolean isParent() {
    return !foreground && !environment.containsKey(MARK);
  }

  /// Starts this program again and waits until it is ready or gone.
  ///
  /// @return 0, or the exit status of the new process
  int startChild() throws CannotStartException {
    var variables = new ArrayList<String>();
    environment.forEach((name, value) -> variables.add(name + "=" + value));
    variables.add(MARK + "=1");
    Descriptor.Pipe pipe = Descriptor.pipe();
    SpawnRequest request =
        new SpawnRequest(
            isService() ? "/bin/sh" : executable(),
            isService() ? keeper(commandLine()) : commandLine(),
            variables,
            Optional.empty(),
            Map.of(1, 1, 2, 2, READY_DESCRIPTOR, pipe.writer().number()),
            java.util.OptionalInt.empty(),
            false,
            SpawnContext.NONE,
            java.util.OptionalInt.empty());
    Spawned spawned = new PosixSpawner().spawn(request);
    pipe.writer().close();
    if (!(spawned instanceof Spawned.Child(int pid, long _))) {
      throw new CannotStartException("cannot start in the background: " + spawned);
    }
    int count = pipe.reader().read(ByteBuffer.allocate(1));
    if (count > 0) {
      return 0;
    }
    while (true) {
      Optional<Children.Dead> dead = Children.reap(pid);
      if (dead.isPresent()) {
        return dead.get().status().isExited() ? dead.get().status().exitStatus() : 1;
      }
      var _ = Children.awaitDeath();
    }
  }

  private boolean isService() {
    return environment.containsKey(SERVICE_VARIABLE);
  }

  /// As a service of bespoke, a shell stays as parent: if this server is killed it starts the next
  /// one, which adopts the programs, and nothing of the service has to be stopped.
  private static List<String> keeper(List<String> command) {
    var words = new ArrayList<>(List.of("/bin/sh", "-c", KEEPER, "supervisord-keeper"));
    words.addAll(command);
    return words;
  }

  private static String executable() throws CannotStartException {
    try {
      return Files.readSymbolicLink(Path.of("/proc/self/exe")).toString();
    } catch (IOException e) {
      throw new CannotStartException("cannot find our own program: " + e);
    }
  }

  private static List<String> commandLine() throws CannotStartException {
    try {
      String line = Files.readString(Path.of("/proc/self/cmdline"), StandardCharsets.UTF_8);
      return List.of(line.substring(0, Math.max(0, line.length() - 1)).split("\0", -1));
    } catch (IOException e) {
      throw new CannotStartException("cannot read our own command line: " + e);
    }
  }

  /// The server is ready: lets the parent go and leaves the terminal.
  void ready() {
    if (foreground || isParent()) {
      return;
    }
    try (Descriptor toParent = new Descriptor(READY_DESCRIPTOR)) {
      toParent.write(ByteBuffer.wrap(new byte[] {'1'}));
    }
    int nothing = Descriptor.open(Path.of("/dev/null"), 2, 0);
    if (nothing >= 0) {
      for (int standard = 0; standard <= 2; standard++) {
        OwnProcess.replaceDescriptor(standard, nothing);
      }
      new Descriptor(nothing).close();
    }
  }
}
