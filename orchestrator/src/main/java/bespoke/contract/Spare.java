package bespoke.contract;

import bespoke.os.Children;
import bespoke.os.Descriptor;
import bespoke.os.Signals;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/// A shell that waits in the cgroup of a contract to come, for the script that turns it into the
/// contract's first process. It ends by itself when its pipe is closed, so also when this daemon
/// dies.
///
/// @param contract the number that the contract will have
/// @param directory its cgroup
/// @param pid the shell
/// @param script where it reads from
record Spare(long contract, Path directory, int pid, Descriptor script) {

  /// Lets it read its script, and nothing after that. To be called once, and not after [#end].
  ///
  /// @return false when it has ended meanwhile
  boolean become(String text) {
    ByteBuffer bytes = StandardCharsets.UTF_8.encode(text);
    try (script) {
      int count;
      do {
        count = script.write(bytes);
      } while (count > 0 && bytes.hasRemaining());
      return count >= 0;
    }
  }

  /// Ends it, unused, and waits for that: no longer than joining the cgroup takes.
  void end() {
    script.close();
    kill();
  }

  /// Ends it when its script could not be written.
  void kill() {
    Signals.send(pid, Signals.KILL);
    var _ = Children.await(pid);
  }
}
