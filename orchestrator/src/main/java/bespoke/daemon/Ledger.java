package bespoke.daemon;

import bespoke.engine.Decision;
import bespoke.engine.Engine;
import bespoke.engine.Envelope;
import java.util.List;
import java.util.Optional;

/// Where the engine thread writes down what happened: journal, volatile state, enabled settings.
interface Ledger {
  /// Writes one fact and what was decided, without waiting for the disk.
  ///
  /// @return whether anything that people can see of an instance may have changed
  boolean write(Engine engine, Envelope envelope, List<Decision> decisions);

  /// Makes durable what a person waits for.
  ///
  /// @return what could not be written and why, for those who wait; empty if all was
  Optional<String> commit();

  /// Writes what nobody waits for; called once the decisions of the batch are being carried out.
  default void settle() {
    // there is nothing of that kind
  }
}
