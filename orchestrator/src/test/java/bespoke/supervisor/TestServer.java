package bespoke.supervisor;

import static org.assertj.core.api.Assertions.assertThat;

import bespoke.supervisor.ctl.Supervisorctl;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/// A server in this process, its files in a directory, and a client for it.
public final class TestServer implements AutoCloseable {
  private final Path directory;
  private final Map<String, Runnable> signals = new ConcurrentHashMap<>();
  private final CompletableFuture<Integer> ended;

  private TestServer(Path directory) {
    this.directory = directory;
    ended =
        CompletableFuture.supplyAsync(() ->
            new Supervisord(
                    List.of("-n", "-s", "-c", configuration().toString()),
                    System.getenv(),
                    System.out,
                    System.err,
                    signals::put)
                .run());
  }

  public static TestServer start(Path directory, String programs) throws IOException {
    return start(directory, "", programs);
  }

  /// @param options more lines of `[supervisord]`
  static TestServer start(Path directory, String options, String programs) throws IOException {
    write(directory, options, programs);
    var server = new TestServer(directory);
    server.await(() -> server.ended.isDone() || Files.exists(directory.resolve("sd.pid")));
    return server;
  }

  public static void write(Path directory, String options, String programs) throws IOException {
    Files.writeString(
        directory.resolve("c.conf"),
        """
        [supervisord]
        logfile = %(here)s/sd.log
        pidfile = %(here)s/sd.pid
        childlogdir = %(here)s
        minprocs = 10
        minfds = 100
        """
            + options
            + """
            [unix_http_server]
            file = %(here)s/s
            [supervisorctl]
            serverurl = unix://%(here)s/s
            [rpcinterface:supervisor]
            supervisor.rpcinterface_factory = supervisor.rpcinterface:make_main_rpcinterface
            """
            + programs);
  }

  public Path configuration() {
    return directory.resolve("c.conf");
  }

  /// As if the server had got a signal, if it handles that.
  void signal(String name) {
    Runnable handling = signals.get(name);
    if (handling != null) {
      handling.run();
    }
  }

  /// Runs a command of the client.
  String ctl(int expectedStatus, String... words) {
    var out = new ByteArrayOutputStream();
    int status = run(out, words);
    assertThat(status).as(out.toString(StandardCharsets.UTF_8)).isEqualTo(expectedStatus);
    return out.toString(StandardCharsets.UTF_8);
  }

  private int run(ByteArrayOutputStream out, String... words) {
    var print = new PrintStream(out, true, StandardCharsets.UTF_8);
    var arguments = new ArrayList<>(List.of("-c", configuration().toString()));
    arguments.addAll(List.of(words));
    return Supervisorctl.run(arguments, print, print);
  }

  /// The list of all processes, whatever the exit status.
  String status(int expectedStatus) {
    var out = new ByteArrayOutputStream();
    return run(out, "status") == expectedStatus ? out.toString(StandardCharsets.UTF_8) : "";
  }

  String pid(String process) {
    var out = new ByteArrayOutputStream();
    int _ = run(out, "pid", process);
    return out.toString(StandardCharsets.UTF_8).strip();
  }

  /// Calls a method with strings and gives the answer as it comes.
  String rpc(String method, String... parameters) throws IOException {
    var body = new StringBuilder("<methodCall><methodName>supervisor." + method);
    body.append("</methodName><params>");
    for (String parameter : parameters) {
      body.append("<param><value><string>" + parameter + "</string></value></param>");
    }
    body.append("</params></methodCall>");
    return http("POST /RPC2 HTTP/1.0\r\nContent-Length: " + body.length() + "\r\n\r\n" + body);
  }

  /// Sends bytes to the socket and reads all that comes back.
  String http(String request) throws IOException {
    try (SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX)) {
      channel.connect(UnixDomainSocketAddress.of(directory.resolve("s")));
      ByteBuffer bytes = ByteBuffer.wrap(request.getBytes(StandardCharsets.UTF_8));
      while (bytes.hasRemaining()) {
        int _ = channel.write(bytes);
      }
      return new String(Channels.newInputStream(channel).readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  /// The text of a file in the directory; empty if there is none.
  String text(String file) {
    try {
      return Files.readString(directory.resolve(file));
    } catch (IOException _) {
      return "";
    }
  }

  void await(BooleanSupplier condition) {
    while (!condition.getAsBoolean()) {
      LockSupport.parkNanos(5_000_000);
    }
  }

  @Override
  public void close() {
    signal("TERM");
    assertThat(ended.orTimeout(60, TimeUnit.SECONDS).join()).isZero();
  }
}
