package bespoke.cli;

import bespoke.cli.render.Column;
import bespoke.cli.render.SortKey;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Model.ISetter;
import picocli.CommandLine.Model.OptionSpec;

/// The `-s` and `-S` of one `svcs`, in the order in which they were given.
final class SortKeys {

  private final List<String> names = new ArrayList<>();
  private final List<Boolean> descending = new ArrayList<>();

  /// The option `-s` or `-S`; it may be given several times.
  OptionSpec option(String name, String description) {
    return OptionSpec.builder(name)
        .arity("1")
        .type(String.class)
        .paramLabel("col")
        .description(description)
        .setter(new Adding(this, name.equals("-S")))
        .build();
  }

  boolean isEmpty() {
    return names.isEmpty();
  }

  /// The keys; an unknown column is reported and answered with an empty list.
  List<SortKey> resolve(Session session) {
    List<SortKey> keys = new ArrayList<>();
    for (int i = 0; i < names.size(); i++) {
      Column column = Column.named(names.get(i));
      if (column == null) {
        session.error("Unrecognized sort column \"" + names.get(i) + "\".");
        return List.of();
      }
      keys.add(new SortKey(column, descending.get(i)));
    }
    return keys;
  }

  private record Adding(SortKeys keys, boolean isDescending) implements ISetter {
    @Override
    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"}) // picocli's signature
    public <T> T set(T value) {
      if (value instanceof String name) {
        keys.names.add(name);
        keys.descending.add(isDescending);
      }
      return value;
    }
  }
}
