package bespoke.journal;

import bespoke.model.InstanceFmri;
import bespoke.model.Transition;
import bespoke.repository.MalformedRecordException;
import bespoke.repository.RecordReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Finds transitions in records; those of other instances are passed over without being made.
final class Search {

  private final @Nullable InstanceFmri instance;
  private final byte[] service;
  private final byte[] name;

  private Search(@Nullable InstanceFmri instance) {
    this.instance = instance;
    this.service = utf8(instance == null ? "" : instance.service());
    this.name = utf8(instance == null ? "" : instance.instance());
  }

  /// All transitions.
  static Search all() {
    return new Search(null);
  }

  /// The transitions of one instance.
  static Search of(InstanceFmri instance) {
    return new Search(instance);
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  /// What a record holds of them; nothing if it is of a later version.
  List<Transition> in(RecordReader record) {
    try {
      if (EntryCodec.kind(record) != EntryCodec.Kind.ENTRY) {
        return List.of();
      }
      return instance == null ? EntryCodec.transitions(record) : of(record, instance);
    } catch (MalformedRecordException e) {
      return List.of();
    }
  }

  private List<Transition> of(RecordReader record, InstanceFmri wanted) {
    int count = record.size();
    List<Transition> found = new ArrayList<>(1);
    for (int i = 0; i < count; i++) {
      boolean sameService = record.textIs(service);
      boolean sameName = record.textIs(name);
      if (sameService && sameName) {
        found.add(ModelCodec.transitionOf(record, wanted));
      } else {
        ModelCodec.skipTransition(record);
      }
    }
    return found;
  }
}
