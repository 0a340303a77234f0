package bespoke.journal;

import bespoke.engine.Envelope;
import bespoke.model.Transition;
import java.util.List;

/// One event and the transitions it led to.
///
/// @param envelope the event with its place in history
/// @param transitions in the order in which they were committed
public record Entry(Envelope envelope, List<Transition> transitions) {

  public Entry {
    transitions = List.copyOf(transitions);
  }
}
