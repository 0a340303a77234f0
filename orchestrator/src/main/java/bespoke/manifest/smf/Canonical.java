package bespoke.manifest.smf;

import bespoke.model.PropertyType;
import java.util.Optional;

/// The text in which the repository keeps a value that XML may write in several ways (smf.md 2.2).
final class Canonical {

  private static final String COUNT_MAX = "18446744073709551615";

  private Canonical() {}

  /// The canonical text; the same text when it is no value of the type.
  static String of(PropertyType type, String text) {
    return switch (type) {
      case BOOLEAN ->
          switch (text) {
            case "1" -> "true";
            case "0" -> "false";
            default -> text;
          };
      case COUNT -> count(text).orElse(text);
      case INTEGER -> integer(text).orElse(text);
      case TIME -> time(text);
      case OPAQUE,
          ASTRING,
          USTRING,
          URI,
          FMRI,
          HOST,
          HOSTNAME,
          NET_ADDRESS,
          NET_ADDRESS_V4,
          NET_ADDRESS_V6 ->
          text;
    };
  }

  /// An unsigned number; `-1` is the largest one.
  static Optional<String> count(String text) {
    if (text.equals("-1")) {
      return Optional.of(COUNT_MAX);
    }
    try {
      String digits = digits(text);
      return Optional.of(Long.toUnsignedString(Long.parseUnsignedLong(digits, radix(text))));
    } catch (NumberFormatException e) {
      return Optional.empty();
    }
  }

  private static Optional<String> integer(String text) {
    try {
      boolean minus = text.startsWith("-");
      String plain = minus ? text.substring(1) : text;
      return Optional.of(
          Long.toString(Long.parseLong((minus ? "-" : "") + digits(plain), radix(plain))));
    } catch (NumberFormatException e) {
      return Optional.empty();
    }
  }

  private static int radix(String text) {
    if (text.startsWith("0x") || text.startsWith("0X")) {
      return 16;
    }
    return text.length() > 1 && text.startsWith("0") ? 8 : 10;
  }

  private static String digits(String text) {
    String digits = radix(text) == 16 ? text.substring(2) : text;
    if (digits.isEmpty() || !Character.isLetterOrDigit(digits.charAt(0))) {
      throw new NumberFormatException();
    }
    return digits;
  }

  /// Nine decimals.
  private static String time(String text) {
    if (!text.matches("-?[0-9]{1,18}(\\.[0-9]{0,9})?")) {
      return text;
    }
    int point = text.indexOf('.');
    String whole = point < 0 ? text : text.substring(0, point);
    String fraction = point < 0 ? "" : text.substring(point + 1);
    return whole + "." + fraction + "0".repeat(9 - fraction.length());
  }
}
