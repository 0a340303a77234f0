package bespoke.delegate;

import bespoke.api.ChangeRequest;
import bespoke.api.Explanation;
import bespoke.api.InstanceRequest;
import bespoke.api.ReasonRecord;
import bespoke.api.json.JsonException;
import bespoke.api.json.JsonObject;
import bespoke.api.json.JsonWriter;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.BiConsumer;

/// One registration at the daemon: lines in both directions until either side closes.
public final class RestarterConnection implements AutoCloseable {
  /// So many lines wait at most for a daemon that does not read; then it is left.
  private static final int WAITING_MAX = 100_000;

  private final SocketChannel channel;
  private final BufferedReader in;
  private final String restarter;
  private final BlockingQueue<byte[]> outgoing = new LinkedBlockingQueue<>(WAITING_MAX);

  private RestarterConnection(SocketChannel channel, BufferedReader in, String restarter) {
    this.channel = channel;
    this.in = in;
    this.restarter = restarter;
  }

  /// Registers.
  ///
  /// @throws RefusedException if the daemon does not take us as a restarter
  /// @throws IOException if nobody listens
  public static RestarterConnection open(Path socket) throws IOException {
    SocketChannel channel = SocketChannel.open(UnixDomainSocketAddress.of(socket));
    try {
      var in =
          new BufferedReader(
              new InputStreamReader(Channels.newInputStream(channel), StandardCharsets.UTF_8));
      write(
          channel,
          JsonWriter.forWire()
              .beginObject()
              .field("version", 1)
              .field("op", "restarter.register")
              .endObject()
              .line());
      String answer = in.readLine();
      if (answer == null) {
        throw new IOException("the daemon closed the connection");
      }
      JsonObject object = JsonObject.parse(answer.getBytes(StandardCharsets.UTF_8));
      if (!object.has("registered")) {
        throw new RefusedException(answer);
      }
      String restarter = object.object("registered").text("restarter");
      var connection = new RestarterConnection(channel, in, restarter);
      Thread _ = Thread.startVirtualThread(connection::send);
      return connection;
    } catch (JsonException e) {
      channel.close();
      throw new IOException(e.getMessage(), e);
    } catch (IOException e) {
      channel.close();
      throw e;
    }
  }

  /// Enables or disables an instance until the next boot, as a person would.
  ///
  /// @param action `enable` or `disable`
  /// @param comment why, for the history
  /// @throws IOException if the daemon cannot be asked or refuses
  public static void act(Path socket, String action, String instance, String comment)
      throws IOException {
    var request =
        new InstanceRequest.Act(
            action, List.of(instance), "", true, false, false, false, false, false, comment);
    try (SocketChannel channel = SocketChannel.open(UnixDomainSocketAddress.of(socket))) {
      write(channel, new ChangeRequest.Confirmed(request).toLine());
      var in =
          new BufferedReader(
              new InputStreamReader(Channels.newInputStream(channel), StandardCharsets.UTF_8));
      String answer = in.readLine();
      if (answer == null || !answer.contains("acted")) {
        throw new IOException(String.valueOf(answer));
      }
    }
  }

  /// Why an instance does not run, as `svcs -x` would say.
  ///
  /// @return empty if it runs or nothing is known
  /// @throws IOException if the daemon cannot be asked
  public static List<ReasonRecord> reasons(Path socket, String instance) throws IOException {
    var request = new InstanceRequest.Explain(List.of(instance), false);
    try (SocketChannel channel = SocketChannel.open(UnixDomainSocketAddress.of(socket))) {
      write(channel, request.toLine());
      var in =
          new BufferedReader(
              new InputStreamReader(Channels.newInputStream(channel), StandardCharsets.UTF_8));
      String answer = in.readLine();
      JsonObject object =
          JsonObject.parse((answer == null ? "{}" : answer).getBytes(StandardCharsets.UTF_8));
      return object.has("explanation")
          ? Explanation.from(object.object("explanation")).reasons()
          : List.of();
    } catch (JsonException e) {
      throw new IOException(e.getMessage(), e);
    }
  }

  /// The instance that we are.
  public String restarter() {
    return restarter;
  }

  /// Reads orders until the connection ends.
  ///
  /// @param onOrder gets the event and the instance
  /// @param onProblem gets what the daemon complains of
  public void receive(
      BiConsumer<String, String> onOrder, java.util.function.Consumer<String> onProblem) {
    try {
      for (String line = in.readLine(); line != null; line = in.readLine()) {
        JsonObject object = JsonObject.parse(line.getBytes(StandardCharsets.UTF_8));
        if (object.has("order")) {
          JsonObject order = object.object("order");
          onOrder.accept(order.text("event"), order.text("instance"));
        } else if (object.has("problem")) {
          onProblem.accept(object.object("problem").text("message"));
        }
      }
    } catch (IOException | JsonException e) {
      onProblem.accept("the connection to svc.startd broke: " + e.getMessage());
    } finally {
      close();
    }
  }

  public void report(String instance, InstanceReport report) {
    queue(
        JsonWriter.forWire()
            .beginObject()
            .field("op", "restarter.state")
            .field("instance", instance)
            .field("state", report.state())
            .field("next", report.next())
            .field("auxiliary", report.auxiliary())
            .field("severity", report.severity())
            .field("detail", report.detail())
            .endObject()
            .line());
  }

  public void describe(String yaml) {
    queue(
        JsonWriter.forWire()
            .beginObject()
            .field("op", "restarter.describe")
            .field("yaml", yaml)
            .endObject()
            .line());
  }

  private void queue(byte[] line) {
    if (!outgoing.offer(line)) {
      close();
    }
  }

  private void send() {
    try {
      while (channel.isOpen()) {
        write(channel, outgoing.take());
      }
    } catch (IOException e) {
      close();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void write(SocketChannel channel, byte[] line) throws IOException {
    ByteBuffer buffer = ByteBuffer.wrap(line);
    while (buffer.hasRemaining()) {
      int _ = channel.write(buffer);
    }
  }

  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException _) {
      // it is of no use any more either way
    }
  }
}
