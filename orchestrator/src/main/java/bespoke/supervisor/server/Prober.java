package bespoke.supervisor.server;

import bespoke.os.Poller;
import bespoke.supervisor.config.Check;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Asks one check again and again, each time on a thread of its own, until it is cancelled.
final class Prober {
  private static final int TIMEOUT_MILLIS = 2000;
  private static final int STATUS_LINE_MAX = 64;

  private final Loop loop;
  private final Check check;
  private final Duration pause;
  private final Consumer<String> onAnswer;
  private Poller.@Nullable Registration timer;
  private boolean cancelled;

  /// @param onAnswer called on the loop with what is wrong; empty if all is well
  Prober(Loop loop, Check check, Duration pause, Consumer<String> onAnswer) {
    this.loop = loop;
    this.check = check;
    this.pause = pause;
    this.onAnswer = onAnswer;
  }

  void begin() {
    timer = loop.after(pause, () -> Thread.startVirtualThread(this::ask));
  }

  void cancel() {
    cancelled = true;
    if (timer != null) {
      timer.cancel();
    }
  }

  private void ask() {
    String problem = problem();
    loop.execute(() -> {
      if (!cancelled) {
        begin();
        onAnswer.accept(problem);
      }
    });
  }

  private String problem() {
    return switch (check) {
      case Check.Tcp(String host, int port) -> answer(host, port, "");
      case Check.Http(String host, int port, String path) -> answer(host, port, path);
    };
  }

  private static String answer(String host, int port, String path) {
    try (var socket = new Socket()) {
      socket.connect(new InetSocketAddress(host, port), TIMEOUT_MILLIS);
      if (path.isEmpty()) {
        return "";
      }
      socket.setSoTimeout(TIMEOUT_MILLIS);
      String request = "GET " + path + " HTTP/1.0\r\nHost: " + host + "\r\n\r\n";
      socket.getOutputStream().write(request.getBytes(StandardCharsets.UTF_8));
      String line =
          new String(
              socket.getInputStream().readNBytes(STATUS_LINE_MAX), StandardCharsets.ISO_8859_1);
      return line.matches("(?s)HTTP/1\\.\\d [23]\\d\\d.*")
          ? ""
          : "answers " + line.lines().findFirst().orElse("nothing");
    } catch (IOException e) {
      return String.valueOf(e.getMessage());
    }
  }
}
