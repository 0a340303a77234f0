package bespoke.model.definition;

import bespoke.model.MethodContext;
import bespoke.model.Probe;
import bespoke.model.Probe.OnFailure;
import bespoke.model.PropertyGroup;
import bespoke.model.PropertyGroups;
import bespoke.model.Readiness;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/// Reads `monitor` and `readiness` (DESIGN 3, 7).
final class ProbeReading {

  static final Duration MONITOR_INTERVAL = Duration.ofSeconds(10);
  static final Duration MONITOR_TIMEOUT = Duration.ofSeconds(5);
  static final Duration READINESS_INTERVAL = Duration.ofMillis(500);
  static final Duration READINESS_TIMEOUT = Duration.ofSeconds(2);
  static final int MONITOR_FAILURES = 3;

  private final PropertyGroups groups;
  private final ContextReading contexts;
  private final Sharing sharing;
  private final Faults faults;

  ProbeReading(PropertyGroups groups, ContextReading contexts, Sharing sharing, Faults faults) {
    this.groups = groups;
    this.contexts = contexts;
    this.sharing = sharing;
    this.faults = faults;
  }

  Optional<Probe> monitor() {
    PropertyGroup group = SpecialGroups.find(groups, "monitor");
    String word = group == null ? "none" : group.single("probe").orElse("");
    if (group == null || word.equals("none")) {
      return Optional.empty();
    }
    Probe.Kind kind = kind(word);
    Optional<String> target = group.single("target").filter(text -> !text.isBlank());
    if (kind == null || target.isEmpty()) {
      faults.method("The monitor has no probe (exec, tcp or http) with a target.");
      return Optional.empty();
    }
    return Optional.of(
        new Probe(
            kind,
            target.get(),
            duration(group, "interval_seconds", MONITOR_INTERVAL),
            duration(group, "timeout_seconds", MONITOR_TIMEOUT),
            count(group, "failures", MONITOR_FAILURES),
            count(group, "successes", 1),
            group.single("on_failure").orElse("").equals("restart")
                ? OnFailure.RESTART
                : OnFailure.DEGRADE,
            contexts.of(group),
            group.origin()));
  }

  Readiness readiness() {
    PropertyGroup group = SpecialGroups.find(groups, "readiness");
    if (group == null) {
      return Readiness.METHOD;
    }
    String word = group.single("notify").orElse("method");
    Optional<Duration> timeout = group.single("timeout_seconds").flatMap(Values::seconds);
    if (word.equals("method") || word.equals("sd_notify")) {
      Readiness.Kind kind =
          word.equals("method") ? Readiness.Kind.METHOD : Readiness.Kind.SD_NOTIFY;
      return sharing.one(new Readiness(kind, -1, Optional.empty(), timeout));
    }
    OptionalInt descriptor = Values.descriptor(word);
    if (descriptor.isPresent()) {
      return sharing.one(
          new Readiness(
              Readiness.Kind.DESCRIPTOR, descriptor.getAsInt(), Optional.empty(), timeout));
    }
    Probe.Kind kind = kind(word);
    Optional<String> target = group.single("target").filter(text -> !text.isBlank());
    if (kind == null || target.isEmpty()) {
      faults.method("The readiness \"" + word + "\" is not known, or its target is missing.");
      return Readiness.METHOD;
    }
    return new Readiness(
        Readiness.Kind.PROBE, -1, Optional.of(probe(kind, target.get(), group)), timeout);
  }

  private Probe probe(Probe.Kind kind, String target, PropertyGroup group) {
    return new Probe(
        kind,
        target,
        duration(group, "interval_seconds", READINESS_INTERVAL),
        duration(group, "probe_timeout_seconds", READINESS_TIMEOUT),
        1,
        1,
        OnFailure.DEGRADE,
        kind == Probe.Kind.EXEC ? contexts.of(group) : MethodContext.NONE,
        group.origin());
  }

  private static Probe.@Nullable Kind kind(String word) {
    return switch (word) {
      case "exec" -> Probe.Kind.EXEC;
      case "tcp" -> Probe.Kind.TCP;
      case "http" -> Probe.Kind.HTTP;
      default -> null;
    };
  }

  private static Duration duration(PropertyGroup group, String name, Duration otherwise) {
    return group.single(name).flatMap(Values::seconds).orElse(otherwise);
  }

  private static int count(PropertyGroup group, String name, int otherwise) {
    OptionalInt number = Values.integer(group.single(name).orElse(""), 1, 1_000_000);
    return number.orElse(otherwise);
  }
}
