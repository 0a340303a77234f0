package bespoke.restarter;

import bespoke.model.Probe;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;

/// Probes over the network, each in a virtual thread of its own.
final class NetworkProbes {

  private final Addresses addresses = new Addresses();

  /// A question that can be given up, which closes its connection; there is no other time limit.
  final class Question {
    private final Probe.Kind kind;
    private final String target;
    private final long endNanos;
    private final Consumer<String> answer;
    private final AtomicReference<Socket> socket = new AtomicReference<>(new Socket());
    private volatile boolean isAborted;

    private Question(Probe.Kind kind, String target, Duration timeout, Consumer<String> answer) {
      this.kind = kind;
      this.target = target;
      this.endNanos = System.nanoTime() + timeout.toNanos();
      this.answer = answer;
    }

    /// Asks.
    void start() {
      Thread.ofVirtual().name("probe").start(() -> answer.accept(ask()));
    }

    private String ask() {
      try {
        return switch (kind) {
          case TCP -> tcp();
          case HTTP -> HttpQuestion.parse(target).ask(this);
          case EXEC -> throw new IllegalStateException("not over the network");
        };
      } catch (IOException e) {
        return "cannot ask " + target + ": " + Reasons.of(e);
      } catch (IllegalArgumentException e) {
        return "cannot ask " + target + ": " + e.getMessage();
      } finally {
        abort();
      }
    }

    private String tcp() throws IOException {
      connect(HostAndPort.parse(target));
      return "";
    }

    /// Connects to the first address of the host that answers.
    ///
    /// @throws IOException if none does in time
    Socket connect(HostAndPort host) throws IOException {
      IOException last = null;
      for (InetAddress address : addresses.of(host.host(), endNanos)) {
        Socket attempt = new Socket();
        if (isAborted) {
          throw new IOException("given up");
        }
        socket.set(attempt);
        try {
          attempt.connect(new InetSocketAddress(address, host.port()));
          return attempt;
        } catch (IOException e) {
          attempt.close();
          last = e;
        }
      }
      throw last == null ? new IOException("the host has no address") : last;
    }

    /// Gives up; the answer, if there is one at all, is of no interest.
    void abort() {
      isAborted = true;
      try {
        socket.get().close();
      } catch (IOException e) {
        isAborted = true; // it is closed as well as it can be
      }
    }
  }

  /// A question to be started.
  ///
  /// @param answer told what was wrong, or the empty text when all is well
  Question ask(Probe.Kind kind, String target, Duration timeout, Consumer<String> answer) {
    return new Question(kind, target, timeout, answer);
  }

  /// Ends the threads that look up names.
  void close() {
    addresses.close();
  }
}
