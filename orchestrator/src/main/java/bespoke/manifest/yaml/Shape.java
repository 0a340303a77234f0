package bespoke.manifest.yaml;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// What a node of a manifest may be; the format is a tree of these ([ServiceShapes]).
sealed interface Shape {

  /// `true` or `false`.
  record Flag() implements Shape {}

  /// One of some words.
  record Choice(List<String> words) implements Shape {}

  /// A number within bounds.
  ///
  /// @param fractions whether decimals are allowed
  record Bounded(double min, double max, boolean fractions) implements Shape {}

  /// Text of a format; numbers and booleans are taken as they are written.
  record Text(Format format) implements Shape {}

  /// A list.
  ///
  /// @param countMin how many items at least
  record Items(Shape item, int countMin) implements Shape {}

  /// Any number of names with values of one shape.
  ///
  /// @param keys what a name looks like
  record Named(Shape keys, Shape value) implements Shape {}

  /// A mapping with known keys.
  ///
  /// @param name of this mapping in messages and in the JSON Schema
  /// @param fields by key
  /// @param rules about several keys
  record Fields(String name, Map<String, Field> fields, List<Rule> rules) implements Shape {

    static Fields of(String name, List<Field> fields, Rule... rules) {
      Map<String, Field> byKey = new LinkedHashMap<>();
      fields.forEach(field -> byKey.put(field.key(), field));
      return new Fields(name, byKey, List.of(rules));
    }
  }

  /// One key of a mapping.
  ///
  /// @param doc one sentence for editors and the reference
  record Field(String key, Shape shape, boolean isRequired, String doc) {

    static Field optional(String key, Shape shape, String doc) {
      return new Field(key, shape, false, doc);
    }

    static Field required(String key, Shape shape, String doc) {
      return new Field(key, shape, true, doc);
    }
  }

  /// A condition on the keys of one mapping.
  sealed interface Rule {
    /// Exactly one of them is given.
    record ExactlyOne(List<String> keys) implements Rule {}

    /// Not more than one of them is given.
    record AtMostOne(List<String> keys) implements Rule {}

    /// Where the first is given, one of the others is.
    record Needs(String key, List<String> others) implements Rule {}
  }

  /// Different shapes for different kinds of node; at most one of each of scalar, list and mapping.
  record Either(List<Shape> shapes) implements Shape {}

  /// A property group: its `type`, its properties, `properties`.
  record Group() implements Shape {}
}
