package bespoke.plan;

import bespoke.model.InstanceFmri;
import java.time.Duration;

/// How long the methods of a service are expected to take: learned from the journal, or guessed.
@FunctionalInterface
public interface Durations {

  /// Nothing was learned: a second to start and a second to stop.
  Durations GUESSED = _ -> Expected.GUESSED;

  /// What is expected of one instance.
  Expected of(InstanceFmri instance);

  /// What is expected of one instance.
  ///
  /// @param start from the beginning of its start until it is online
  /// @param stop from the beginning of its stop until it is down
  /// @param refresh of its refresh method
  /// @param isLearned whether the start was seen before; otherwise all is a guess
  record Expected(Duration start, Duration stop, Duration refresh, boolean isLearned) {

    /// Of a service that was never seen.
    public static final Expected GUESSED =
        new Expected(Duration.ofSeconds(1), Duration.ofSeconds(1), Duration.ofSeconds(1), false);
  }
}
