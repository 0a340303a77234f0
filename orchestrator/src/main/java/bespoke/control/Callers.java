package bespoke.control;

import bespoke.model.Actor;
import java.io.FileInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.function.IntFunction;

/// Finds out who a peer is: user name, login uid, command line (proc(5)).
///
/// Only the peer's ids decide what it may do; what `/proc` says is for people, since a process may
/// write its own command line.
public final class Callers {
  private static final int COMMAND_LINE_MAX = 4096;
  private static final long NO_LOGIN = 4294967295L;

  private final int ownUid;
  private final IntFunction<String> userNames;

  /// @param ownUid the daemon's effective uid
  /// @param userNames the name of a user, or its number
  public Callers(int ownUid, IntFunction<String> userNames) {
    this.ownUid = ownUid;
    this.userNames = userNames;
  }

  /// The caller behind a peer.
  Caller caller(Peer peer) {
    Actor actor =
        new Actor(
            userNames.apply(peer.uid()),
            peer.uid(),
            loginUid(peer.pid()),
            peer.pid(),
            commandLine(peer.pid()));
    return new Caller(peer, actor, peer.uid() == 0 || peer.uid() == ownUid);
  }

  private static long loginUid(int pid) {
    try {
      long uid = Long.parseLong(read(pid, "loginuid", 32).strip());
      return uid == NO_LOGIN ? -1 : uid;
    } catch (IOException | NumberFormatException unknown) {
      return -1;
    }
  }

  private static String commandLine(int pid) {
    try {
      return read(pid, "cmdline", COMMAND_LINE_MAX).replace('\0', ' ').strip();
    } catch (IOException gone) {
      return "";
    }
  }

  /// One read(2): the kernel gives such a file in one piece. Not by a channel: to make one takes
  /// longer than the rest of what is found out about a caller.
  private static String read(int pid, String file, int bytesMax) throws IOException {
    byte[] bytes = new byte[bytesMax];
    try (FileInputStream in = new FileInputStream("/proc/" + pid + "/" + file)) {
      int count = in.read(bytes);
      return new String(bytes, 0, Math.max(0, count), StandardCharsets.UTF_8);
    }
  }
}
