package bespoke.repository;

import java.util.Optional;

/// A row of the table `snapshot`.
///
/// @param own body of the instance
/// @param service body of its service
/// @param enabled `general/enabled` as it was
record SnapshotRow(long own, long service, Optional<Boolean> enabled) {

  Change toChange(long entity, SnapshotName name) {
    return new Change(
        Sql.PUT_SNAPSHOT, entity, (long) name.ordinal(), own, service, EnabledRow.number(enabled));
  }
}
