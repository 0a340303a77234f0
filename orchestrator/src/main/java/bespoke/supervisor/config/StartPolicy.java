package bespoke.supervisor.config;

import java.util.List;

/// When a process starts, what counts as started, and what follows its end.
///
/// @param startSeconds how long it must stay alive to count as started
/// @param retries failed starts in a row that are tried again; -1 = for ever
/// @param exitCodes statuses that are expected
/// @param restartDelaySeconds pause before a restart after an exit
/// @param backoffMaxSeconds longest pause between failed starts; 0 = no cap
/// @param restartLimit restarts by itself within `restartWindowSeconds`; one more and the program
///   is given up; 0 = no limit
/// @param restartWindowSeconds how long a restart counts
public record StartPolicy(
    boolean autostart,
    Autorestart autorestart,
    int startSeconds,
    int retries,
    List<Integer> exitCodes,
    int restartDelaySeconds,
    int backoffMaxSeconds,
    int restartLimit,
    int restartWindowSeconds) {
  public StartPolicy {
    exitCodes = List.copyOf(exitCodes);
  }
}
