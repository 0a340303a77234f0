package bespoke.control;

import java.io.IOException;
import java.nio.channels.SocketChannel;
import java.util.List;

/// The process at the other end of a connection, as the kernel names it (unix(7), SO_PEERCRED and
/// SO_PEERGROUPS): the one that called connect(2).
///
/// @param pid of the process
/// @param uid its effective user
/// @param gid its effective group
/// @param groups its supplementary groups
public record Peer(int pid, int uid, int gid, List<Integer> groups) {
  public Peer {
    groups = List.copyOf(groups);
  }

  /// Asks the kernel.
  @FunctionalInterface
  public interface Source {
    /// The peer of a connection.
    ///
    /// @throws IOException if the kernel cannot tell; the connection is not to be served
    Peer of(SocketChannel channel) throws IOException;
  }
}
