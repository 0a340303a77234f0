package bespoke.restarter;

import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/// What a service says on its notification socket (sd_notify(3)). Names that are not known,
/// `MAINPID` among them, are ignored.
///
/// @param values by name
record NotifyMessage(Map<String, String> values) {

  /// The longest status text, in characters.
  static final int STATUS_MAX = 1024;

  NotifyMessage {
    values = Map.copyOf(values);
  }

  boolean isReady() {
    return "1".equals(values.get("READY"));
  }

  boolean isReloading() {
    return "1".equals(values.get("RELOADING"));
  }

  boolean isStopping() {
    return "1".equals(values.get("STOPPING"));
  }

  /// The service is alive.
  boolean isPing() {
    return "1".equals(values.get("WATCHDOG"));
  }

  /// The service wants to be treated as if it had not pinged in time.
  boolean isTrigger() {
    return "trigger".equals(values.get("WATCHDOG"));
  }

  /// Another interval for the watchdog, in microseconds, from 1 to a year.
  OptionalLong watchdogMicros() {
    String text = values.get("WATCHDOG_USEC");
    if (text == null || !text.matches("[0-9]{1,14}")) {
      return OptionalLong.empty();
    }
    long micros = Long.parseLong(text);
    return micros >= 1 && micros <= 31_536_000_000_000L
        ? OptionalLong.of(micros)
        : OptionalLong.empty();
  }

  /// How the service says it is: one line without control characters.
  Optional<String> status() {
    String text = values.get("STATUS");
    if (text == null) {
      return isReloading()
          ? Optional.of("reloading")
          : isStopping() ? Optional.of("stopping") : Optional.empty();
    }
    String cut = text.length() > STATUS_MAX ? text.substring(0, STATUS_MAX) + "…" : text;
    return Optional.of(cut.replaceAll("\\p{Cntrl}", " "));
  }
}
