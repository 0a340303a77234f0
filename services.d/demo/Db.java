package demo;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.TreeMap;

/// A database for the demonstration: numbers by name, one request a line (`GET n`, `SET n v`, `ADD
/// n v`), kept in a file that each change is appended to.
///
/// Arguments: port, file. When it answers it says so with a newline on descriptor 3. Exits 96,
/// which means misconfigured, when the port is taken.
final class Db {

  private static final int ENTRIES_MAX = 1000;

  private final Map<String, Long> numbers = new TreeMap<>();
  private final Path file;

  private Db(Path file) throws IOException {
    this.file = file;
    if (Files.exists(file)) {
      for (String line : Files.readAllLines(file)) {
        String[] words = line.split(" ");
        numbers.put(words[0], Long.parseLong(words[1]));
      }
    }
    StringBuilder compact = new StringBuilder();
    numbers.forEach((name, value) -> compact.append(name).append(' ').append(value).append('\n'));
    Files.writeString(file, compact);
  }

  public static void main(String[] arguments) throws IOException {
    int port = Integer.parseInt(arguments[0]);
    try (ServerSocket server = new ServerSocket(port, 50, InetAddress.getLoopbackAddress())) {
      Db db = new Db(Path.of(arguments[1]));
      System.out.println("answering on port " + port + ", numbers in " + arguments[1]);
      sayReady();
      while (true) {
        Socket client = server.accept();
        Thread.ofVirtual().start(() -> db.serve(client));
      }
    } catch (BindException e) {
      System.out.println("port " + port + " is taken; choose another as config/port of demo/db");
      System.exit(96);
    }
  }

  private static void sayReady() throws IOException {
    Path descriptor = Path.of("/proc/self/fd/3");
    if (Files.readSymbolicLink(descriptor).toString().startsWith("pipe:")) {
      Files.writeString(descriptor, "\n", StandardOpenOption.WRITE);
    }
  }

  private void serve(Socket client) {
    try (client;
        BufferedReader in =
            new BufferedReader(
                new InputStreamReader(client.getInputStream(), StandardCharsets.UTF_8));
        PrintWriter out = new PrintWriter(client.getOutputStream(), true, StandardCharsets.UTF_8)) {
      client.setSoTimeout(60_000);
      for (String line = in.readLine(); line != null; line = in.readLine()) {
        out.println(answer(line.split(" ")));
      }
    } catch (IOException e) {
      // the client is gone
    }
  }

  private synchronized String answer(String[] words) {
    String name = words.length > 1 ? words[1] : "";
    if (!name.matches("[a-z]{1,20}") || numbers.size() >= ENTRIES_MAX) {
      return "error";
    }
    try {
      long before = numbers.getOrDefault(name, 0L);
      return switch (words[0]) {
        case "GET" -> Long.toString(before);
        case "SET" -> put(name, Long.parseLong(words[2]));
        case "ADD" -> put(name, before + Long.parseLong(words[2]));
        default -> "error";
      };
    } catch (RuntimeException e) {
      return "error";
    }
  }

  private String put(String name, long value) {
    numbers.put(name, value);
    try {
      Files.writeString(file, name + " " + value + "\n", StandardOpenOption.APPEND);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return Long.toString(value);
  }
}
