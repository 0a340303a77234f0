package bespoke.engine;

import bespoke.model.AuxiliaryState;
import bespoke.model.InstanceFmri;
import bespoke.model.InstanceState;
import bespoke.model.Severity;
import java.util.Optional;

/// What the two halves of the engine tell each other; handled in order, never by recursion.
sealed interface Message {
  /// Whom it is about.
  InstanceRecord instance();

  /// Graph engine to restarter.
  ///
  /// @param because the instance whose transition led to it, if it was another's
  record ToRestarter(InstanceRecord instance, RestarterEvent event, Optional<InstanceFmri> because)
      implements Message {}

  /// Restarter to graph engine: a state was committed.
  record StateChanged(
      InstanceRecord instance,
      InstanceState from,
      InstanceState to,
      Severity severity,
      AuxiliaryState auxiliary)
      implements Message {}

  /// The contract of an instance that has just come online is empty already.
  record Emptied(InstanceRecord instance, long contract) implements Message {}

  /// Nothing is under way with the instance any more.
  record CameToRest(InstanceRecord instance) implements Message {}
}
