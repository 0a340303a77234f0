package bespoke.explain.why;

import bespoke.engine.Envelope;
import bespoke.model.InstanceFmri;
import bespoke.model.Transition;
import java.util.List;
import java.util.Optional;

/// What the journal remembers. It is bounded, so anything may be missing.
public interface History {

  /// The event of that id.
  Optional<Envelope> event(long id);

  /// The transitions that the event led to, in the order in which they were committed.
  List<Transition> transitionsOf(long event);

  /// The latest transitions of an instance, newest first.
  ///
  /// @param countMax at most so many
  List<Transition> latest(InstanceFmri instance, int countMax);
}
