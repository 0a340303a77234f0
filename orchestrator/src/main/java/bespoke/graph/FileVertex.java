package bespoke.graph;

import bespoke.model.FileFmri;

/// A file that something depends on. Until the world has looked it is neither present nor absent.
public final class FileVertex extends Vertex {
  private boolean observed;
  private boolean exists;

  FileVertex(FileFmri file, int order) {
    super(file, order);
  }

  /// The file.
  public FileFmri file() {
    return (FileFmri) entity();
  }

  /// Whether the last look found it.
  public boolean exists() {
    return exists;
  }

  /// Whether it was looked at yet.
  public boolean isObserved() {
    return observed;
  }

  void observe(boolean present) {
    observed = true;
    exists = present;
  }

  /// A missing file does not block `optional_all` (DESIGN 3, 3.3).
  @Override
  Satisfied current(View view) {
    if (!observed) {
      return Satisfied.NOT_YET;
    }
    return switch (view) {
      case REQUIRE -> exists ? Satisfied.YES : Satisfied.NEVER;
      case OPTIONAL -> Satisfied.YES;
      case EXCLUDE, EXCLUDE_FIRST -> exists ? Satisfied.NEVER : Satisfied.YES;
    };
  }
}
