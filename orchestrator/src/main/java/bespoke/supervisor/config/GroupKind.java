package bespoke.supervisor.config;

import bespoke.supervisor.event.EventType;
import java.util.Set;

/// What kind of group a group is.
public sealed interface GroupKind {
  /// A program of its own or a `[group:x]`.
  record Plain() implements GroupKind {}

  /// An `[fcgi-program:x]`.
  record Fcgi(FcgiSocket socket) implements GroupKind {}

  /// An `[eventlistener:x]`.
  ///
  /// @param bufferSize events kept while no listener is ready; at least 1
  /// @param countsCharacters whether the header's `len` counts characters instead of bytes
  record Pool(Set<EventType> events, int bufferSize, boolean countsCharacters)
      implements GroupKind {
    public Pool {
      events = Set.copyOf(events);
    }
  }
}
