package bespoke.manifest.compose;

import bespoke.manifest.Fidelity;
import bespoke.manifest.GroupDraft;
import bespoke.model.Origin;
import bespoke.model.PropertyGroup;
import bespoke.model.PropertyType;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// `healthcheck`: a monitor method, and a readiness probe where somebody waits for health.
final class Health {
  private static final String MONITOR = "monitor";
  private static final String READINESS = "readiness";

  private Health() {}

  static void fill(
      @Nullable Node node,
      Node.Fields service,
      Reading reading,
      GroupDraft draft,
      boolean isAwaited) {
    Report report = reading.report();
    Origin.File at = service.place("healthcheck");
    Node.Fields fields =
        node instanceof Node.Fields found ? found : new Node.Fields(Map.of(), Map.of(), at);
    Optional<String> command =
        reading.flag(fields.value("disable"), false) ? Optional.empty() : command(fields, reading);
    if (command.isEmpty()) {
      if (isAwaited) {
        report.problem(
            at,
            "cannot wait for the health of a service without a health check",
            "add healthcheck, or use the condition service_started");
      }
      if (node != null) {
        report.note(Fidelity.EXACT, at, "healthcheck", "none");
      }
      return;
    }
    String interval = reading.seconds(fields.value("interval")).orElse("30");
    String timeout = reading.seconds(fields.value("timeout")).orElse("30");
    String retries = reading.number(fields.value("retries"), 1, 1_000_000).orElse("3");
    put(draft, MONITOR, "type", MONITOR, at);
    put(draft, MONITOR, "probe", "exec", at);
    put(draft, MONITOR, "target", command.get(), at);
    draft.seconds(MONITOR, PropertyGroup.METHOD, "interval_seconds", interval, at);
    draft.seconds(MONITOR, PropertyGroup.METHOD, "timeout_seconds", timeout, at);
    draft.put(
        MONITOR, PropertyGroup.METHOD, "failures", PropertyType.INTEGER, List.of(retries), at);
    boolean isSpared = !isAwaited && fields.value("start_period") != null;
    report.note(
        isSpared ? Fidelity.APPROXIMATED : Fidelity.EXACT,
        at,
        "healthcheck",
        isSpared
            ? "an unhealthy service is degraded, from its start on: start_period is for who waits"
            : "an unhealthy service is degraded");
    if (!isAwaited && fields.value("start_interval") != null) {
      report.note(
          Fidelity.DROPPED,
          fields.place("start_interval"),
          "start_interval",
          "nobody waits for its health, so it is asked every interval");
    }
    if (isAwaited) {
      String often = reading.seconds(fields.value("start_interval")).orElse("1");
      draft.text(READINESS, "notify", "exec", at);
      draft.text(READINESS, "target", command.get(), at);
      draft.seconds(READINESS, PropertyGroup.FRAMEWORK, "interval_seconds", often, at);
      draft.seconds(READINESS, PropertyGroup.FRAMEWORK, "probe_timeout_seconds", timeout, at);
      draft.seconds(
          READINESS,
          PropertyGroup.FRAMEWORK,
          "timeout_seconds",
          patience(reading, fields, interval, retries),
          at);
      report.note(
          Fidelity.APPROXIMATED,
          at,
          "condition: service_healthy",
          "it is online when it is healthy, for everybody");
    }
  }

  /// As long as compose would wait before it gives up.
  private static String patience(
      Reading reading, Node.Fields fields, String interval, String retries) {
    double start =
        reading.seconds(fields.value("start_period")).map(Double::parseDouble).orElse(0.0);
    double all = start + Double.parseDouble(interval) * Integer.parseInt(retries);
    return Long.toString(Math.max(1, (long) Math.ceil(all)));
  }

  private static void put(
      GroupDraft draft, String group, String property, String value, Origin.File at) {
    draft.put(group, PropertyGroup.METHOD, property, PropertyType.ASTRING, List.of(value), at);
  }

  /// The command of `test`; empty when there is none.
  private static Optional<String> command(Node.Fields fields, Reading reading) {
    Node test = fields.value("test");
    if (test instanceof Node.Scalar) {
      return reading.text(test).map(Health::shell);
    }
    List<String> words = reading.texts(test);
    if (words.isEmpty() || words.getFirst().equals("NONE")) {
      return Optional.empty();
    }
    List<String> rest = words.subList(1, words.size());
    return switch (words.getFirst()) {
      case "CMD" -> Optional.of(Words.method(rest));
      case "CMD-SHELL" -> Optional.of(shell(String.join(" ", rest)));
      default -> {
        reading
            .report()
            .problem(
                fields.place("test"),
                "cannot use \"" + words.getFirst() + "\" as the first word of a health check",
                "one of CMD, CMD-SHELL and NONE");
        yield Optional.empty();
      }
    };
  }

  private static String shell(String text) {
    return text.replace("%", "%%");
  }
}
