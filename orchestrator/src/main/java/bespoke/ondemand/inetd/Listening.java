package bespoke.ondemand.inetd;

import bespoke.contract.Launch;
import bespoke.contract.ProcessExit;
import bespoke.contract.Stream;
import bespoke.model.PropertyGroups;
import bespoke.ondemand.NotArmedException;
import bespoke.ondemand.Occasion;
import bespoke.ondemand.Runs;
import bespoke.os.ChannelDescriptor;
import bespoke.os.Poller;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Listens for one instance.
final class Listening implements Occasion {
  /// So many connections are taken before the loop does something else.
  private static final int AT_ONCE_MAX = 64;

  private static final int FIRST_DESCRIPTOR = 3;

  /// sd_listen_fds(3) wants the number of the very process, which nobody knows before it is there.
  private static final List<String> TELL_PID =
      List.of("/bin/sh", "-c", "LISTEN_PID=$$; export LISTEN_PID; exec \"$@\"", "sh");

  private final Runs runs;
  private final Set<Long> running = new HashSet<>();
  private final List<ListeningSocket> sockets = new ArrayList<>();
  private final List<Poller.Registration> watches = new ArrayList<>();
  private @Nullable Settings settings;
  private @Nullable Rate rate;
  private boolean isFull;

  Listening(Runs runs) {
    this.runs = runs;
  }

  @Override
  public String arm(PropertyGroups groups) throws NotArmedException {
    Settings fresh = Settings.of(groups);
    Settings before = settings;
    if (before != null && isHandedOver() && before.listen().equals(fresh.listen())) {
      settings = fresh; // the service has the sockets, which are not to be taken from it
      return about(fresh);
    }
    disarm();
    settings = fresh;
    rate = new Rate(fresh.failureCount(), fresh.failureInterval());
    try {
      if (fresh.accept() || running.isEmpty()) {
        listen(fresh);
      } // else the service has the sockets; when it ends we bind them again
    } catch (NotArmedException e) {
      settings = null;
      if (before != null) {
        listen(before);
        settings = before;
      }
      throw e;
    }
    return about(fresh);
  }

  private boolean isHandedOver() {
    return settings != null && !settings.accept() && !running.isEmpty();
  }

  private static String about(Settings current) {
    return "listening at "
        + current.listen().stream().map(Object::toString).collect(Collectors.joining(", "));
  }

  private void listen(Settings current) throws NotArmedException {
    try {
      for (ListenAddress address : current.listen()) {
        open(address, current);
      }
    } catch (NotArmedException e) {
      close();
      throw e;
    }
    sockets.forEach(socket -> watch(socket, current));
  }

  private void open(ListenAddress address, Settings current) throws NotArmedException {
    try {
      ListeningSocket socket = ListeningSocket.open(address, current);
      sockets.add(socket);
      if (current.accept()) {
        socket.doNotBlock();
      }
    } catch (IOException e) {
      throw new NotArmedException("It cannot listen at " + address + ": " + e.getMessage() + ".");
    }
  }

  private void watch(ListeningSocket socket, Settings current) {
    watches.add(
        runs.watch(
            socket.descriptor(),
            _ -> {
              if (current.equals(settings)) {
                somebodyIsThere(socket, current);
              }
            }));
  }

  @Override
  public void disarm() {
    settings = null;
    close();
  }

  private void close() {
    unwatch();
    sockets.forEach(ListeningSocket::close);
    sockets.clear();
  }

  private void unwatch() {
    watches.forEach(Poller.Registration::cancel);
    watches.clear();
  }

  private void somebodyIsThere(ListeningSocket socket, Settings current) {
    if (current.accept()) {
      acceptAll(socket, current);
    } else {
      unwatch();
      startAll(current);
    }
  }

  // --- one service for all connections

  private void startAll(Settings current) {
    if (isTooOften()) {
      return;
    }
    Map<Integer, Integer> descriptors = new TreeMap<>();
    for (ListeningSocket socket : sockets) {
      descriptors.put(FIRST_DESCRIPTOR + descriptors.size(), socket.descriptor());
    }
    OptionalLong contract =
        current.stdio()
            ? runs.start(
                List.of(), Map.of(), launch -> stdio(launch, sockets.getFirst().descriptor()))
            : runs.start(
                TELL_PID,
                Map.of(
                    "LISTEN_FDS",
                    Integer.toString(descriptors.size()),
                    "LISTEN_FDNAMES",
                    String.join(":", current.names())),
                launch -> launch.withDescriptors(descriptors));
    if (contract.isPresent()) {
      running.add(contract.getAsLong());
    } else {
      runs.fail("Its start method cannot be run; its log says why.");
    }
  }

  private boolean isTooOften() {
    Rate current = rate;
    if (current == null || !current.isExceededAt(runs.clock().instant())) {
      return false;
    }
    runs.fail("It was started too often (inetd/failrate_cnt, inetd/failrate_interval).");
    return true;
  }

  private static Launch stdio(Launch launch, int descriptor) {
    Stream socket = new Stream.Inherited(descriptor);
    return launch.withStreams(socket, socket, launch.output());
  }

  // --- a process for each connection

  private void acceptAll(ListeningSocket socket, Settings current) {
    for (int i = 0; i < AT_ONCE_MAX && current.equals(settings); i++) {
      try (SocketChannel connection = socket.accept()) {
        if (connection == null) {
          return;
        }
        serve(connection, current);
      } catch (IOException e) {
        runs.log("Cannot take a connection at " + socket.address() + ": " + e.getMessage() + ".");
        return;
      }
    }
  }

  private void serve(SocketChannel connection, Settings current) throws IOException {
    if (running.size() >= current.copiesMax()) {
      if (!isFull) {
        runs.log(
            "There are "
                + running.size()
                + " processes (inetd/max_copies); connections are closed"
                + " until one ends.");
      }
      isFull = true;
      return;
    }
    connection.configureBlocking(true);
    int descriptor = ChannelDescriptor.of(connection);
    Map<String, String> more = remote(connection.getRemoteAddress());
    OptionalLong contract;
    if (current.stdio()) {
      contract = runs.start(List.of(), more, launch -> stdio(launch, descriptor));
    } else {
      more.put("LISTEN_FDS", "1");
      more.put("LISTEN_FDNAMES", "connection");
      contract =
          runs.start(
              TELL_PID,
              more,
              launch -> launch.withDescriptors(Map.of(FIRST_DESCRIPTOR, descriptor)));
    }
    if (contract.isPresent()) {
      running.add(contract.getAsLong());
    } else {
      runs.fail("Its start method cannot be run; its log says why.");
    }
  }

  /// As systemd tells a service whom it talks to (systemd.socket(5)).
  private static Map<String, String> remote(@Nullable SocketAddress address) {
    Map<String, String> variables = new LinkedHashMap<>();
    if (address instanceof InetSocketAddress inet) {
      variables.put("REMOTE_ADDR", inet.getAddress().getHostAddress());
      variables.put("REMOTE_PORT", Integer.toString(inet.getPort()));
    }
    return variables;
  }

  // --- ends

  @Override
  public void exited(long contract, ProcessExit exit) {
    // the contract's emptying is what counts
  }

  @Override
  public void emptied(long contract) {
    running.remove(contract);
    isFull = false;
    Settings current = settings;
    if (current == null || current.accept() || !running.isEmpty()) {
      return;
    }
    try {
      if (sockets.isEmpty()) {
        listen(current);
      } else {
        sockets.forEach(socket -> watch(socket, current));
      }
    } catch (NotArmedException e) {
      runs.fail(e.reason());
    }
  }

  @Override
  public void found(long contract) {
    running.add(contract);
  }
}
