package bespoke.daemon;

import bespoke.api.CauseRecord;
import bespoke.api.TransitionRecord;
import bespoke.control.History;
import bespoke.model.InstanceFmri;
import java.util.List;
import java.util.Set;

/// Remembers nothing.
final class NoHistory implements History {
  @Override
  public List<CauseRecord> why(InstanceFmri fmri) {
    return List.of();
  }

  @Override
  public List<TransitionRecord> transitions(
      Set<InstanceFmri> instances, long sinceEpochMillis, int countMax) {
    return List.of();
  }
}
