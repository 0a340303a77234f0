package bespoke.supervisor.server;

import bespoke.os.Notification;
import bespoke.os.NotificationSocket;
import bespoke.os.Processes;
import bespoke.os.ResourceShortage;
import bespoke.supervisor.config.Account;
import java.io.IOException;
import java.nio.file.Path;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/// The socket on which one process says that it is ready (sd_notify(3)).
///
/// What is said counts only if the kernel's word for the sender puts it into the process's
/// contract; who has ended meanwhile, as `systemd-notify` does, must have had the process's user.
final class ReadinessSocket implements AutoCloseable {
  /// A sender that is just ending is looked at so often until it is gone.
  private static final int SENDER_LOOKS_MAX = 100;

  private final ContractDesk contracts;
  private final long contract;
  private final @Nullable Account user;
  private final Runnable onReady;
  private final NotificationSocket socket;

  private ReadinessSocket(
      World world, Path path, long contract, @Nullable Account user, Runnable onReady)
      throws IOException {
    this.contracts = world.contracts();
    this.contract = contract;
    this.user = user;
    this.onReady = onReady;
    socket = new NotificationSocket(path, world.loop().poller(), this::heard);
  }

  /// Makes one.
  ///
  /// @param path replaced if it exists
  /// @param user who runs the process; null = we
  /// @param onReady called on the loop, perhaps more than once
  /// @throws IOException if it cannot be made
  static ReadinessSocket open(
      World world, Path path, long contract, @Nullable Account user, Runnable onReady)
      throws IOException {
    try {
      return new ReadinessSocket(world, path, contract, user, onReady);
    } catch (ResourceShortage e) {
      throw new IOException(e.getMessage(), e);
    }
  }

  /// The value for `NOTIFY_SOCKET`.
  String address() {
    return socket.address();
  }

  private void heard(Notification notification) {
    if (notification.says("READY") && mayBeHeard(notification)) {
      onReady.run();
    }
  }

  private boolean mayBeHeard(Notification notification) {
    for (int look = 0; look < SENDER_LOOKS_MAX; look++) {
      OptionalLong sender = contracts.contractOf(notification.pid());
      if (sender.isPresent()) {
        return sender.getAsLong() == contract;
      }
      if (Processes.stat(notification.pid()).map(Processes.Stat::isEnded).orElse(true)) {
        long wanted = user == null ? bespoke.os.OwnProcess.effectiveUid() : user.uid();
        return notification.uid() == wanted;
      }
    }
    return false;
  }

  @Override
  public void close() {
    socket.close();
  }
}
