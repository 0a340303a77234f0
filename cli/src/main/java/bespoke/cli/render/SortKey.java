package bespoke.cli.render;

import bespoke.api.InstanceRecord;
import bespoke.api.listing.Times;
import java.util.Comparator;
import java.util.List;

/// One `-s` or `-S` of `svcs`.
///
/// @param column what to compare
/// @param descending whether it was `-S`
public record SortKey(Column column, boolean descending) {

  /// How `svcs` sorts when nobody says otherwise.
  public static final List<SortKey> USUAL =
      List.of(
          new SortKey(Column.STATE, false),
          new SortKey(Column.STIME, false),
          new SortKey(Column.FMRI, false));

  /// Sorts by the keys in their order; what is equal in all of them keeps its place.
  public static void sort(List<InstanceRecord> instances, List<SortKey> keys, Times times) {
    if (!keys.isEmpty()) {
      instances.sort(new Order(keys, times));
    }
  }

  /// A class rather than a lambda: start-up counts.
  private record Order(List<SortKey> keys, Times times) implements Comparator<InstanceRecord> {
    @Override
    public int compare(InstanceRecord a, InstanceRecord b) {
      for (int i = 0; i < keys.size(); i++) {
        SortKey key = keys.get(i);
        int order = key.column.compare(a, b, times);
        if (order != 0) {
          return key.descending ? -order : order;
        }
      }
      return 0;
    }
  }
}
