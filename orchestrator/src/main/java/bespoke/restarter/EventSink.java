package bespoke.restarter;

import bespoke.engine.Event;

/// Where answers go: the daemon's inbox.
@FunctionalInterface
public interface EventSink {

  /// Takes an event; called from any thread, must not block for long and must not throw.
  ///
  /// @param cause id of the event that led to it, as the decision said, or 0 when it came about by
  ///   itself
  void post(long cause, Event event);
}
