package bespoke.manifest.systemd;

import java.util.Optional;

/// `TimeoutSec=`, `TimeoutStartSec=` and `TimeoutStopSec=`, in seconds; `0` means none.
final class Timeouts {

  /// `DefaultTimeoutStartSec=` and `DefaultTimeoutStopSec=`.
  private static final String DEFAULT = "90";

  private final Unit unit;
  private final Report report;

  Timeouts(Unit unit, Report report) {
    this.unit = unit;
    this.report = report;
  }

  String start(boolean isOneShot) {
    return read("TimeoutStartSec").or(() -> read("TimeoutSec")).orElse(isOneShot ? "0" : DEFAULT);
  }

  String stop() {
    return read("TimeoutStopSec").or(() -> read("TimeoutSec")).orElse(DEFAULT);
  }

  private Optional<String> read(String key) {
    return unit.last("Service", key)
        .flatMap(assignment -> {
          Optional<String> seconds =
              Quantities.isInfinite(assignment.value())
                  ? Optional.of("0")
                  : Quantities.seconds(assignment.value());
          if (seconds.isPresent()) {
            report.exact(assignment, "");
          } else {
            report.dropped(assignment, "not a time span; the default holds");
          }
          return seconds;
        });
  }
}
