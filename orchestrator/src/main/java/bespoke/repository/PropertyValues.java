package bespoke.repository;

import bespoke.model.Fmri;
import bespoke.model.PropertyType;
import java.math.BigInteger;
import java.util.Optional;
import java.util.regex.Pattern;

/// Whether a text is a value of a type (smf.md 2.2).
final class PropertyValues {

  /// The longest value, in characters.
  static final int LENGTH_MAX = 4095;

  /// The most values of one property.
  static final int COUNT_MAX = 4096;

  private static final BigInteger COUNT_LIMIT = BigInteger.ONE.shiftLeft(64);
  private static final Pattern TIME = Pattern.compile("-?\\d{1,18}(\\.\\d{1,9})?");
  private static final Pattern OPAQUE = Pattern.compile("([0-9a-fA-F]{2})*");
  private static final Pattern COUNT = Pattern.compile("0[xX][0-9a-fA-F]{1,16}|\\d{1,25}");

  private PropertyValues() {}

  /// Why it is not, as the end of a sentence; empty if it is.
  static Optional<String> problem(PropertyType type, String value) {
    if (value.length() > LENGTH_MAX) {
      return Optional.of("a value is longer than " + LENGTH_MAX + " characters");
    }
    if (value.indexOf('\0') >= 0) {
      return Optional.of("a value holds a NUL");
    }
    return isValid(type, value)
        ? Optional.empty()
        : Optional.of("\"" + value + "\" is no value of type " + type);
  }

  private static boolean isValid(PropertyType type, String value) {
    return switch (type) {
      case BOOLEAN -> value.equals("true") || value.equals("false");
      case COUNT -> isCount(value);
      case INTEGER -> isInteger(value);
      case TIME -> TIME.matcher(value).matches();
      case OPAQUE -> OPAQUE.matcher(value).matches();
      case FMRI -> isFmri(value);
      case URI -> value.indexOf(':') > 0;
      case HOST, HOSTNAME, NET_ADDRESS, NET_ADDRESS_V4, NET_ADDRESS_V6 ->
          !value.isEmpty() && value.chars().noneMatch(Character::isWhitespace);
      case ASTRING, USTRING -> true;
    };
  }

  private static boolean isCount(String value) {
    if (!COUNT.matcher(value).matches()) {
      return false;
    }
    return value.length() > 1 && (value.charAt(1) == 'x' || value.charAt(1) == 'X')
        || new BigInteger(value).compareTo(COUNT_LIMIT) < 0;
  }

  private static boolean isInteger(String value) {
    try {
      Long.parseLong(value);
      return true;
    } catch (NumberFormatException e) {
      return false;
    }
  }

  private static boolean isFmri(String value) {
    if (value.startsWith("file:") || value.startsWith("svc:/:properties")) {
      return true;
    }
    try {
      Fmri.parse(value);
      return true;
    } catch (IllegalArgumentException e) {
      return value.startsWith("svc:") && value.contains("/:properties/");
    }
  }
}
