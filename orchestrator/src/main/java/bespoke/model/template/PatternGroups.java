package bespoke.model.template;

import java.math.BigInteger;

/// How templates are named and typed as property groups (smf_template(7)).
public final class PatternGroups {

  /// The type of a group that describes property groups.
  public static final String GROUP_PATTERN = "template_pg_pattern";

  /// The type of a group that describes properties.
  public static final String PROPERTY_PATTERN = "template_prop_pattern";

  /// Begins the name of a group of the type [#GROUP_PATTERN].
  public static final String GROUP_PREFIX = "tm_pgpatt_";

  /// Begins the name of a group of the type [#PROPERTY_PATTERN].
  public static final String PROPERTY_PREFIX = "tm_proppatt_";

  private static final int DIGITS_MAX = 21;

  private PatternGroups() {}

  /// What tells the patterns of one template apart: the name and the type that they describe.
  public static String suffix(String name, String type) {
    if (name.isEmpty()) {
      return type.isEmpty() ? "any" : "t_" + clean(type);
    }
    return type.isEmpty() ? "n_" + clean(name) : "nt_" + clean(name) + "_" + clean(type);
  }

  /// A part of a name from any text: what a name may not hold becomes `_`.
  public static String clean(String text) {
    return text.replaceAll("[^A-Za-z0-9.-]", "_");
  }

  /// Whether two texts are whole numbers, the first not above the second.
  public static boolean isRange(String min, String max) {
    return isNumber(min)
        && isNumber(max)
        && new BigInteger(min).compareTo(new BigInteger(max)) <= 0;
  }

  static boolean isNumber(String text) {
    return text.length() <= DIGITS_MAX && text.matches("-?[0-9]+");
  }
}
