package bespoke.journal;

import bespoke.engine.Envelope;
import bespoke.model.Transition;
import java.util.List;

/// One event and the transitions it led to.
///
/// @param envelope the event with its place in history
/// @param transitions in the order in which they were committed
/// @param fingerprint of all decisions, or 0 where it was not kept
public record Entry(Envelope envelope, List<Transition> transitions, int fingerprint) {

  public Entry {
    transitions = List.copyOf(transitions);
  }

  /// An entry of which only the transitions are known.
  public Entry(Envelope envelope, List<Transition> transitions) {
    this(envelope, transitions, Fingerprint.UNKNOWN);
  }
}
