package bespoke.supervisor.server;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;

/// Asks whether somebody accepts connections and, if there is a path, answers a GET well.
///
/// @param path empty = a connection is enough
/// @param timeoutMillis for connecting, and again for the answer
record NetworkQuestion(String host, int port, String path, int timeoutMillis) implements Question {
  private static final int STATUS_LINE_MAX = 64;

  @Override
  public void ask(Consumer<String> answer) {
    Thread _ = Thread.startVirtualThread(() -> answer.accept(problem()));
  }

  private String problem() {
    try (var socket = new Socket()) {
      socket.connect(new InetSocketAddress(host, port), timeoutMillis);
      if (path.isEmpty()) {
        return "";
      }
      socket.setSoTimeout(timeoutMillis);
      String request = "GET " + path + " HTTP/1.0\r\nHost: " + host + "\r\n\r\n";
      socket.getOutputStream().write(request.getBytes(StandardCharsets.UTF_8));
      String line =
          new String(
              socket.getInputStream().readNBytes(STATUS_LINE_MAX), StandardCharsets.ISO_8859_1);
      return line.matches("(?s)HTTP/1\\.\\d [23]\\d\\d.*")
          ? ""
          : "answers " + line.lines().findFirst().orElse("nothing");
    } catch (IOException | IllegalArgumentException e) {
      return String.valueOf(e.getMessage());
    }
  }
}
