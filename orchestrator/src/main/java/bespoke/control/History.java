package bespoke.control;

import bespoke.api.CauseRecord;
import bespoke.api.TransitionRecord;
import bespoke.model.InstanceFmri;
import java.io.IOException;
import java.util.List;
import java.util.Set;

/// What the journal remembers.
public interface History {
  /// The chain of causes of an instance's present state, the root last.
  ///
  /// @throws IOException if the journal cannot be read
  List<CauseRecord> why(InstanceFmri fmri) throws IOException;

  /// Transitions, oldest first.
  ///
  /// @param instances none means all
  /// @param sinceEpochMillis only later ones; 0 means all that is kept
  /// @param countMax of the last ones; 0 means all
  /// @throws IOException if the journal cannot be read
  List<TransitionRecord> transitions(
      Set<InstanceFmri> instances, long sinceEpochMillis, int countMax) throws IOException;
}
