package bespoke.repository;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// The snapshots of an instance (smf.md 2.10).
public enum SnapshotName {
  /// Taken at the first import and never changed.
  INITIAL,
  /// What the service description said at the last import.
  LAST_IMPORT,
  /// What was configured before the last import or revert.
  PREVIOUS,
  /// What the restarter and the graph use; taken by refresh.
  RUNNING,
  /// What `running` was at the last successful start.
  START;

  /// The name as in svccfg(8): `last-import`.
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /// The snapshot of that name, or null.
  public static @Nullable SnapshotName named(String name) {
    for (SnapshotName value : values()) {
      if (value.toString().equals(name)) {
        return value;
      }
    }
    return null;
  }
}
