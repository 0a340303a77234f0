package bespoke.supervisor.convert;

import bespoke.supervisor.config.Autorestart;
import bespoke.supervisor.config.StartPolicy;
import java.util.ArrayList;
import java.util.List;

/// `autorestart`, `exitcodes`, `startsecs` and `startretries` as the group `startd` of a service.
final class RestartConversion {

  /// Statuses that smf_method(7) gives a meaning that supervisord does not know.
  private static final List<Integer> OF_METHODS = List.of(96, 101);

  private RestartConversion() {}

  /// The key `startd` of a description.
  static String startd(StartPolicy policy) {
    List<String> entries = new ArrayList<>(List.of("duration: child"));
    switch (policy.autorestart()) {
      case ALWAYS -> entries.add("restart_status: " + OF_METHODS);
      case UNEXPECTED -> {
        entries.add("restart: on_failure");
        entries.add("success_status: " + policy.exitCodes());
        List<Integer> again = new ArrayList<>(OF_METHODS);
        again.add(0);
        again.removeAll(policy.exitCodes());
        entries.add("restart_status: " + again);
      }
      case NEVER -> {
        entries.add("restart: never");
        entries.add("success_status: " + policy.exitCodes());
      }
    }
    if (policy.autorestart() != Autorestart.NEVER) {
      entries.add("critical_failure_count: " + failures(policy));
      entries.add("critical_failure_period: " + period(policy));
      entries.add("give_up: true");
    }
    return "startd: {" + String.join(", ", entries) + "}\n";
  }

  private static int failures(StartPolicy policy) {
    return Math.clamp(policy.retries(), 1, 1_000_000);
  }

  /// As long as supervisord would try at most, with its pauses of one second more each time.
  private static long period(StartPolicy policy) {
    long attempts = policy.retries() + 1L;
    return Math.clamp(attempts * (policy.startSeconds() + attempts), 2, 86_400);
  }

  static String said(StartPolicy policy) {
    return switch (policy.autorestart()) {
      case ALWAYS -> "started again after every exit";
      case UNEXPECTED -> "started again unless its status is one of " + policy.exitCodes();
      case NEVER ->
          "never started again: disabled until the next boot after one of "
              + policy.exitCodes()
              + ", maintenance after another status";
    };
  }

  static String retries(StartPolicy policy) {
    return "online as soon as it runs, and again at once after a failure; more than "
        + failures(policy)
        + " failures in "
        + period(policy)
        + " seconds lead to maintenance";
  }
}
