package bespoke.model.template;

import bespoke.model.Property;
import bespoke.model.PropertyGroup;
import bespoke.model.PropertyType;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// What a template says about one property (smf_template(7)).
///
/// @param name of the property
/// @param type of its values; empty for any
/// @param required whether a group of the pattern must have it
/// @param visibility `hidden`, `readonly` or `readwrite`, for user interfaces
/// @param cardinalityMin the least number of values
/// @param cardinalityMax the largest number of values, `null`-free: [#UNBOUNDED] for no limit
/// @param separators characters that separate several values inside of one
/// @param values the only values, when there are any or [#ranges]
/// @param ranges the only numbers
/// @param choices values that a person may be offered
/// @param description for people, in the locale C or the first one
public record PropertyPattern(
    String name,
    Optional<PropertyType> type,
    boolean required,
    String visibility,
    BigInteger cardinalityMin,
    BigInteger cardinalityMax,
    String separators,
    List<String> values,
    List<Range> ranges,
    List<String> choices,
    Optional<String> description) {

  /// The default of `cardinality max`.
  public static final BigInteger UNBOUNDED = new BigInteger("18446744073709551615");

  public PropertyPattern {
    values = List.copyOf(values);
    ranges = List.copyOf(ranges);
    choices = List.copyOf(choices);
  }

  /// Numbers from one to another, both included.
  public record Range(BigInteger min, BigInteger max) {
    boolean contains(String text) {
      if (!PatternGroups.isNumber(text)) {
        return false;
      }
      BigInteger number = new BigInteger(text);
      return min.compareTo(number) <= 0 && number.compareTo(max) <= 0;
    }

    @Override
    public String toString() {
      return min + " to " + max;
    }
  }

  /// Reads a group of the type [PatternGroups#PROPERTY_PATTERN].
  static PropertyPattern of(PropertyGroup group) {
    List<String> values = list(group, "constraint_name");
    List<String> choices = new ArrayList<>(list(group, "choices_name"));
    List<String> included = list(group, "choices_include_values");
    if (included.contains("constraints")) {
      choices.addAll(values);
    }
    if (included.contains("values")) {
      choices.addAll(list(group, "values_name"));
    }
    return new PropertyPattern(
        group.single("name").orElse(""),
        group.single("type").map(PropertyType::named),
        group.single("required").orElse("").equals("true"),
        group.single("visibility").orElse("readwrite"),
        number(group, "cardinality_min", BigInteger.ZERO),
        number(group, "cardinality_max", UNBOUNDED),
        group.single("internal_separators").orElse(""),
        values,
        ranges(group),
        choices,
        localized(group, "description_"));
  }

  private static List<String> list(PropertyGroup group, String property) {
    return group.property(property).map(Property::values).orElse(List.of());
  }

  private static BigInteger number(PropertyGroup group, String property, BigInteger otherwise) {
    return group
        .single(property)
        .filter(PatternGroups::isNumber)
        .map(BigInteger::new)
        .orElse(otherwise);
  }

  private static List<Range> ranges(PropertyGroup group) {
    List<Range> ranges = new ArrayList<>(0);
    for (String text : list(group, "constraint_range")) {
      int comma = text.indexOf(',');
      String min = comma < 0 ? text : text.substring(0, comma);
      String max = comma < 0 ? text : text.substring(comma + 1);
      if (PatternGroups.isRange(min, max)) {
        ranges.add(new Range(new BigInteger(min), new BigInteger(max)));
      }
    }
    return ranges;
  }

  /// The text of locale `C`, else of the first locale.
  static Optional<String> localized(PropertyGroup group, String prefix) {
    return group
        .single(prefix + "C")
        .or(() ->
            group.properties().values().stream()
                .filter(property -> property.name().startsWith(prefix))
                .findFirst()
                .flatMap(Property::single));
  }

  /// Whether a value is one of those that the pattern allows.
  boolean allows(String value) {
    if (values.isEmpty() && ranges.isEmpty()) {
      return true;
    }
    if (separators.isEmpty() || values.contains(value)) {
      return isAllowed(value);
    }
    List<String> parts = new ArrayList<>();
    StringBuilder part = new StringBuilder();
    for (int i = 0; i < value.length(); i++) {
      if (separators.indexOf(value.charAt(i)) < 0) {
        part.append(value.charAt(i));
      } else {
        parts.add(part.toString());
        part.setLength(0);
      }
    }
    parts.add(part.toString());
    return parts.stream().map(String::strip).allMatch(this::isAllowed);
  }

  private boolean isAllowed(String value) {
    return values.contains(value) || ranges.stream().anyMatch(range -> range.contains(value));
  }

  /// What is allowed, for messages.
  String allowed() {
    List<String> words = new ArrayList<>(values);
    ranges.forEach(range -> words.add(range.toString()));
    return String.join(", ", words);
  }
}
