package bespoke.engine;

/// Where an instance is within a transition; finer than its state, and nobody's business but the
/// master restarter's.
enum Phase {
  /// Nothing is under way.
  IDLE,
  /// The start method runs.
  START_METHOD,
  /// The start method succeeded; the service has not said that it is ready.
  START_READY,
  /// The processes of a failed or abandoned attempt to start are being killed.
  START_CLEANUP,
  /// The next attempt to start waits for its back-off.
  START_BACKOFF,
  /// A `child` service that exits too quickly waits before it may start again.
  THROTTLED,
  /// The stop method runs.
  STOP_METHOD,
  /// The next attempt of the stop method waits for its back-off.
  STOP_BACKOFF,
  /// The stop method is done; its contract is expected to become empty.
  STOP_EMPTY,
  /// What is left of the contract is being killed.
  STOP_KILL,
  /// The refresh method runs.
  REFRESH_METHOD,
  /// The next attempt of the refresh method waits for its back-off.
  REFRESH_BACKOFF,
  /// What maintenance left behind is being killed before the instance leaves it.
  CLEAR_KILL;

  /// Whether the instance is on its way to `online`, with processes of its own.
  boolean isStarting() {
    return switch (this) {
      case START_METHOD, START_READY -> true;
      case IDLE,
          START_CLEANUP,
          START_BACKOFF,
          THROTTLED,
          STOP_METHOD,
          STOP_BACKOFF,
          STOP_EMPTY,
          STOP_KILL,
          REFRESH_METHOD,
          REFRESH_BACKOFF,
          CLEAR_KILL ->
          false;
    };
  }

  /// Whether the instance is on its way down.
  boolean isStopping() {
    return switch (this) {
      case STOP_METHOD, STOP_BACKOFF, STOP_EMPTY, STOP_KILL -> true;
      case IDLE,
          START_METHOD,
          START_READY,
          START_CLEANUP,
          START_BACKOFF,
          THROTTLED,
          REFRESH_METHOD,
          REFRESH_BACKOFF,
          CLEAR_KILL ->
          false;
    };
  }

  /// Whether a refresh is under way, which leaves the instance running.
  boolean isRefreshing() {
    return this == REFRESH_METHOD || this == REFRESH_BACKOFF;
  }
}
