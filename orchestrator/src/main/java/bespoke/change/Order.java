package bespoke.change;

import bespoke.model.InstanceFmri;
import java.util.List;

/// What a change wants done, in the imperative; carried out in order.
public sealed interface Order {

  /// Write down how far it is, durably, before what follows.
  ///
  /// @param why what went wrong, or empty
  record Remember(Standing standing, String why) implements Order {}

  /// Bring the definitions of a direction into the repository and into force; what it creates waits
  /// for [Admit]. Answered by [Fact.CameIntoForce] or [Fact.WasRefused].
  record PutInForce(Direction direction) implements Order {}

  /// Let instances that are created be known; the enabled ones start.
  record Admit(Direction direction, List<InstanceFmri> instances) implements Order {
    public Admit {
      instances = List.copyOf(instances);
    }
  }

  /// Restart an instance.
  record Restart(InstanceFmri instance) implements Order {}

  /// Run its refresh method.
  record Refresh(InstanceFmri instance) implements Order {}

  /// Let an instance in maintenance try again.
  record Clear(InstanceFmri instance) implements Order {}

  /// Look at an instance that waits, whether it waits in vain; answered by [Fact.Moved].
  record Look(InstanceFmri instance) implements Order {}

  /// A wave is under way: tell [Fact.PatienceEnded] when it takes too long.
  ///
  /// @param number of this order
  /// @param wave from 1
  /// @param waves how many there are
  /// @param instances who is waited for
  record AwaitHealth(
      int number, Direction direction, int wave, int waves, List<InstanceFmri> instances)
      implements Order {
    public AwaitHealth {
      instances = List.copyOf(instances);
    }
  }

  /// It is over.
  ///
  /// @param standing COMPLETE or ROLLED_BACK
  /// @param why what went wrong, or empty
  record End(Standing standing, String why) implements Order {}
}
