package bespoke.repository;

import bespoke.model.Fmri;
import bespoke.model.Origin;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Makes a list of edits in a workspace, up to the first that is refused; the caller commits.
final class EditRun {

  private EditRun() {}

  /// @param whole whether a refusal makes the earlier ones worthless too; nothing is settled then
  static EditReport of(Workspace workspace, List<Edit> edits, boolean whole, Origin by)
      throws RepositoryException {
    Editing editing = new Editing(workspace, by);
    int applied = 0;
    Optional<String> problem = Optional.empty();
    try {
      for (Edit edit : edits) {
        editing.make(edit);
        applied++;
      }
    } catch (RefusedEditException e) {
      problem = Optional.of(e.getMessage());
    }
    if (problem.isPresent() && whole) {
      return new EditReport(0, applied, problem, Set.of(), Set.of());
    }
    workspace.settle();
    Set<Fmri> removed = Set.copyOf(workspace.removed());
    Set<Fmri> changed = new LinkedHashSet<>(editing.changed());
    for (Draft draft : workspace.drafts()) {
      if (draft.hasOtherValues()) {
        changed.add(draft.fmri());
      }
    }
    changed.removeAll(removed);
    return new EditReport(applied, problem.isPresent() ? applied : -1, problem, changed, removed);
  }
}
