package bespoke.control;

import bespoke.api.ChangeRecord;
import bespoke.api.ChangeStepRecord;
import bespoke.api.MemberRecord;
import bespoke.api.SourceText;
import bespoke.model.Actor;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// Transactions of many services at once, as the commands see them.
public interface Transactions {

  /// What is asked of a change.
  ///
  /// @param plan whether only to tell what would happen
  /// @param patience how long a wave may take; zero for the default
  /// @param comment why, or empty
  record Wish(boolean plan, Duration patience, String comment) {}

  /// A change that was begun, planned or refused.
  ///
  /// @param report problems of the files; with an error nothing was begun
  /// @param change empty when it was refused, or when there is nothing to do
  /// @param progress empty unless it was begun
  record Begun(Configuration.Report report, Optional<Shown> change, Optional<Progress> progress) {}

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

  /// Begins an import of manifests as one change.
  ///
  /// @throws Configuration.RefusedException if another change is under way
  Begun importFiles(List<SourceText> files, Wish wish, Actor actor)
      throws Configuration.RefusedException;

  /// Takes a change back.
  ///
  /// @throws Configuration.RefusedException if there is no such change, or it cannot be taken back
  Begun revert(long number, Wish wish, Actor actor) throws Configuration.RefusedException;

  /// All that are remembered, the latest first.
  List<ChangeRecord> all();

  /// One of them.
  ///
  /// @param number 0 for the latest
  Optional<Shown> show(long number);
}
