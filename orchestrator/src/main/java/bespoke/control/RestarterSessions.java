package bespoke.control;

import bespoke.api.ErrorKind;
import bespoke.api.Wire;
import bespoke.api.json.JsonException;
import bespoke.api.json.JsonObject;
import bespoke.api.json.JsonWriter;
import bespoke.engine.Event;
import bespoke.model.AuxiliaryState;
import bespoke.model.InstanceFmri;
import bespoke.model.InstanceState;
import bespoke.model.Severity;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.LinkedBlockingQueue;
import org.jspecify.annotations.Nullable;

/// Delegated restarters on the control socket (smf.md 7; `docs/restarter-protocol.md`).
///
/// A process is let in as the restarter of the instance in whose contract it is. From then on lines
/// go both ways: the engine's orders out, states in.
final class RestarterSessions {
  private static final String OPERATION = "restarter.register";
  private static final Duration PATIENCE = Duration.ofDays(3650);

  private final Machine machine;
  private final Configuration configuration;
  private final Limits limits;

  RestarterSessions(Machine machine, Configuration configuration, Limits limits) {
    this.machine = machine;
    this.configuration = configuration;
    this.limits = limits;
  }

  /// Whether a line asks to be let in as a restarter.
  static boolean isRegistration(byte[] line) {
    return line.length < 1024
        && new String(line, StandardCharsets.UTF_8).contains('"' + OPERATION + '"');
  }

  /// Serves a restarter until one side ends the connection.
  void serve(Caller caller, byte[] line, Connection connection) throws IOException {
    Optional<InstanceFmri> restarter = machine.instanceOf(caller.peer().pid());
    String refusal = refusal(caller, line, restarter);
    if (restarter.isEmpty() || !refusal.isEmpty()) {
      new Answer(connection).fail(ErrorKind.PERMISSION, refusal);
      return;
    }
    Session session = new Session(restarter.get(), connection);
    JsonWriter out = JsonWriter.forWire().beginObject().name("registered").beginObject();
    out.field("version", Wire.VERSION).field("restarter", restarter.get().toString());
    connection.write(out.endObject().endObject().line());
    Thread writer = Thread.ofVirtual().name("restarter-orders").start(session::write);
    machine.delegation().connected(restarter.get(), session);
    try {
      session.read();
    } finally {
      machine.delegation().disconnected(restarter.get(), session);
      writer.interrupt();
    }
  }

  private static String refusal(Caller caller, byte[] line, Optional<InstanceFmri> restarter) {
    try {
      JsonObject fields = JsonObject.parse(line);
      if (!fields.text("op").equals(OPERATION) || fields.number("version") != Wire.VERSION) {
        return "not a registration in version " + Wire.VERSION + " of the protocol";
      }
      if (restarter.isEmpty()) {
        return "process "
            + caller.peer().pid()
            + " is in no contract of this daemon;"
            + " only a running service can be a restarter";
      }
      String claimed = fields.text("restarter");
      return claimed.isEmpty() || claimed.equals(restarter.get().toString())
          ? ""
          : "process " + caller.peer().pid() + " belongs to " + restarter.get();
    } catch (JsonException e) {
      return "not a request: " + e.getMessage();
    }
  }

  /// One restarter's connection.
  private final class Session implements Delegation.Channel {
    private final InstanceFmri restarter;
    private final Connection connection;
    private final LinkedBlockingQueue<Delegation.Order> orders =
        new LinkedBlockingQueue<>(limits.backlog());

    Session(InstanceFmri restarter, Connection connection) {
      this.restarter = restarter;
      this.connection = connection;
    }

    @Override
    public boolean send(Delegation.Order order) {
      return orders.offer(order);
    }

    @Override
    public void end() {
      Thread.ofVirtual().start(connection::close);
    }

    void write() {
      try {
        while (true) {
          connection.write(line(orders.take()));
        }
      } catch (InterruptedException | IOException ended) {
        connection.close();
      }
    }

    private static byte[] line(Delegation.Order order) {
      JsonWriter out = JsonWriter.forWire().beginObject().name("order").beginObject();
      out.field("event", order.event().toString());
      out.field("instance", order.instance().toString());
      out.field("reason", order.reason());
      return out.endObject().endObject().line();
    }

    void read() throws IOException {
      while (connection.read(PATIENCE) instanceof Connection.Read.Line line) {
        String problem = take(line.bytes());
        if (!problem.isEmpty()) {
          JsonWriter out = JsonWriter.forWire().beginObject().name("problem").beginObject();
          connection.write(out.field("message", problem).endObject().endObject().line());
        }
      }
    }

    private String take(byte[] line) {
      try {
        JsonObject fields = JsonObject.parse(line);
        return switch (fields.text("op")) {
          case "restarter.state" -> report(fields);
          case "restarter.describe" ->
              configuration.described(restarter, fields.text("yaml")).orElse("");
          default -> "unknown operation \"" + fields.text("op") + "\"";
        };
      } catch (JsonException | IllegalArgumentException e) {
        return "cannot read the line: " + e.getMessage();
      }
    }

    private String report(JsonObject fields) {
      InstanceFmri instance = InstanceFmri.parse(fields.text("instance"));
      InstanceState state = InstanceState.named(fields.text("state"));
      @Nullable InstanceState next = InstanceState.named(fields.text("next"));
      AuxiliaryState auxiliary = AuxiliaryState.named(fields.text("auxiliary"));
      if (state == null || state == InstanceState.LEGACY_RUN) {
        return "unknown state \"" + fields.text("state") + "\"";
      }
      if (next == null && !fields.text("next").isEmpty()) {
        return "unknown next state \"" + fields.text("next") + "\"";
      }
      machine
          .delegation()
          .reported(
              new Event.RestarterReported(
                  restarter,
                  instance,
                  state,
                  next,
                  auxiliary == null ? AuxiliaryState.NONE : auxiliary,
                  severity(fields.text("severity")),
                  fields.text("detail")));
      return "";
    }

    private static Severity severity(String word) {
      return word.isEmpty() ? Severity.NONE : Severity.valueOf(word.toUpperCase(Locale.ROOT));
    }
  }
}
