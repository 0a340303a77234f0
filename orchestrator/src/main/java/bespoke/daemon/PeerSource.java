package bespoke.daemon;

import bespoke.control.Callers;
import bespoke.control.Peer;
import bespoke.os.Accounts;
import bespoke.os.PeerCredentials;
import java.io.IOException;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// Who is at the other end of a connection, from the kernel and the user database.
///
/// The groups are those of the user database, not those of the process: a process may have dropped
/// some, but can have none that the kernel would not confirm.
final class PeerSource implements Peer.Source {
  @Override
  public Peer of(SocketChannel channel) throws IOException {
    PeerCredentials credentials =
        PeerCredentials.of(channel)
            .orElseThrow(() -> new IOException("the kernel does not tell who connected"));
    List<Integer> groups =
        credentials.uid() == 0 || credentials.uid() == ownUid()
            ? List.of()
            : Accounts.user(credentials.uid())
                .map(user -> Accounts.groupsOf(user).stream().map(Long::intValue).toList())
                .orElse(List.of((int) credentials.gid()));
    return new Peer(
        (int) credentials.pid(), (int) credentials.uid(), (int) credentials.gid(), groups);
  }

  /// Finds out more about peers.
  static Callers callers() {
    return new Callers(ownUid(), uid -> userName(Integer.toUnsignedLong(uid)));
  }

  private static String userName(long uid) {
    return uid == 0
        ? "root"
        : Accounts.user(uid).map(Accounts.User::name).orElse(Long.toString(uid));
  }

  /// The name of a group, or its number.
  static String groupName(long gid) {
    return Accounts.group(gid).map(Accounts.Group::name).orElse(Long.toString(gid));
  }

  /// The uid of this process.
  static int ownUid() {
    try {
      return (int) Files.getAttribute(Path.of("/proc/self"), "unix:uid");
    } catch (IOException e) {
      throw new IllegalStateException("cannot read /proc/self", e);
    }
  }
}
