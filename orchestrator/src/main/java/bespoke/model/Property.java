package bespoke.model;

import java.util.List;
import java.util.Optional;

/// A typed, ordered list of values, in the text form of their type (svcprop(1)).
///
/// @param name unique in its group
/// @param type of every value
/// @param values zero or more, each at most 4095 characters (larger ones are refused by the
///   readers)
/// @param origin where it was set
public record Property(String name, PropertyType type, List<String> values, Origin origin) {

  public Property {
    values = List.copyOf(values);
  }

  /// A property with one value.
  public static Property of(String name, PropertyType type, String value, Origin origin) {
    return new Property(name, type, List.of(value), origin);
  }

  /// The value if there is exactly one.
  public Optional<String> single() {
    return values.size() == 1 ? Optional.of(values.getFirst()) : Optional.empty();
  }

  /// The same type and values, wherever they come from.
  public boolean sameValue(Property other) {
    return type == other.type && values.equals(other.values);
  }
}
