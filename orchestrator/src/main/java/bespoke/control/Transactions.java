package bespoke.control;

import bespoke.api.ChangeRecord;
import bespoke.api.ChangeStepRecord;
import bespoke.api.MemberRecord;
import bespoke.api.TransactionRequest;
import bespoke.model.Actor;
import bespoke.plan.Plan;
import java.util.List;
import java.util.Optional;

/// Transactions of many services at once, as the commands see them.
public interface Transactions {

  /// A change that was begun or refused.
  ///
  /// @param report problems of the files; with an error nothing was begun
  /// @param change empty when it was refused, or when there is nothing to do
  /// @param progress empty unless it was begun
  record Begun(Configuration.Report report, Optional<Shown> change, Optional<Progress> progress) {}

  /// A change as it would go.
  ///
  /// @param report problems of the files; with an error it would be refused
  /// @param change empty when it would be refused, or when there is nothing to do
  /// @param plan what would move
  /// @param failure why it would be rolled back, or empty
  record Foreseen(Configuration.Report report, Optional<Shown> change, Plan plan, String failure) {}

  /// One change.
  record Shown(ChangeRecord change, List<MemberRecord> members) {
    public Shown {
      members = List.copyOf(members);
    }
  }

  /// How a change goes.
  interface Progress extends AutoCloseable {
    /// Waits for the next step.
    ///
    /// @return empty when it is over, or this daemon ends
    Optional<ChangeStepRecord> next() throws InterruptedException;

    /// How it stands now.
    ChangeRecord standing();

    @Override
    void close();
  }

  /// Begins a change.
  ///
  /// @throws Configuration.RefusedException if another one is under way, or there is nothing that
  ///   can be taken back
  Begun begin(TransactionRequest.Make wish, Actor actor) throws Configuration.RefusedException;

  /// What comes of a course of events that begins now.
  @FunctionalInterface
  interface Foresight {
    Plan of(Plan.Course course);
  }

  /// Lets a change be made in the simulated world, on a configuration that keeps nothing.
  ///
  /// @throws Configuration.RefusedException as [#begin] would
  Foreseen foresee(TransactionRequest.Make wish, Actor actor, Foresight foresight)
      throws Configuration.RefusedException;

  /// All that are remembered, the latest first.
  List<ChangeRecord> all();

  /// One of them.
  ///
  /// @param number 0 for the latest
  Optional<Shown> show(long number);
}
