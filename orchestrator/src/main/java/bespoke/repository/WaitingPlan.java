package bespoke.repository;

import bespoke.model.EnabledSetting;
import bespoke.model.Fmri;
import bespoke.model.InstanceFmri;
import bespoke.model.PropertyGroups;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// A workspace that waits for its commit.
final class WaitingPlan implements ImportPlan {

  private final Workspace workspace;
  private final ReportDraft draft;
  private final StoreRepository repository;
  private final Commit commit;
  private final ImportReport report;

  /// Makes the transaction of a workspace.
  @FunctionalInterface
  interface Commit {
    /// @return false if another one was made since the workspace was begun
    boolean of(Workspace workspace) throws RepositoryException;
  }

  /// @param draft what the workspace would do
  WaitingPlan(Workspace workspace, ReportDraft draft, StoreRepository repository, Commit commit) {
    this.workspace = workspace;
    this.draft = draft;
    this.repository = repository;
    this.commit = commit;
    this.report = draft.toReport();
  }

  @Override
  public ImportReport report() {
    return report;
  }

  @Override
  public Map<InstanceFmri, PropertyGroups> running() {
    return draft.running;
  }

  @Override
  public Map<InstanceFmri, EnabledSetting> enabled() {
    return draft.enabled;
  }

  @Override
  public Set<Fmri> removed() {
    return Set.copyOf(workspace.removed());
  }

  @Override
  public List<EntityImage> before() throws RepositoryException {
    List<Fmri> touched = new ArrayList<>();
    after().forEach(image -> touched.add(image.fmri()));
    return repository.images(touched);
  }

  @Override
  public List<EntityImage> after() throws RepositoryException {
    return repository.writing(() -> new Imaging(workspace).touched(report.outcomes().keySet()));
  }

  @Override
  public boolean commit() throws RepositoryException {
    return commit.of(workspace);
  }
}
