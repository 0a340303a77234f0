package bespoke.manifest.yaml;

import bespoke.model.Entity;
import bespoke.model.PropertyType;
import org.jspecify.annotations.Nullable;

/// Checks the text form of typed values (smf.md 2.2).
public final class PropertyText {

  /// The longest value of a property, in characters (smf(7)).
  public static final int LENGTH_MAX = Format.LENGTH_MAX;

  private static final int NANOS_DIGITS = 9;

  private PropertyText() {}

  /// What a value of the type looks like, for messages.
  public static String what(PropertyType type) {
    return switch (type) {
      case BOOLEAN -> "true or false";
      case COUNT -> "a number from 0 to 18446744073709551615";
      case INTEGER -> "a whole number of 64 bits";
      case TIME -> "seconds with up to nine decimals";
      case OPAQUE -> "an even number of hexadecimal digits";
      case ASTRING, USTRING -> "text";
      case URI -> "a URI with a scheme";
      case FMRI -> "an FMRI such as svc:/site/web:default";
      case HOST, HOSTNAME -> "a host name";
      case NET_ADDRESS, NET_ADDRESS_V4, NET_ADDRESS_V6 -> "an address, perhaps with /PREFIX";
    };
  }

  /// Whether the text is a value of the type.
  public static boolean isValid(PropertyType type, String text) {
    if (text.length() > Format.LENGTH_MAX || text.indexOf('\0') >= 0) {
      return false;
    }
    return switch (type) {
      case BOOLEAN -> text.equals("true") || text.equals("false");
      case COUNT -> isCount(text);
      case INTEGER -> isInteger(text);
      case TIME -> isTime(text);
      case OPAQUE -> text.length() % 2 == 0 && text.chars().allMatch(PropertyText::isHex);
      case ASTRING, USTRING -> true;
      case URI -> Format.URI.fault(text) == null;
      case FMRI -> fmriFault(text) == null;
      case HOST, HOSTNAME -> isHost(text);
      case NET_ADDRESS -> isV4(text) || isV6(text);
      case NET_ADDRESS_V4 -> isV4(text);
      case NET_ADDRESS_V6 -> isV6(text);
    };
  }

  /// Seconds as `time` values are stored: nine decimals.
  static String time(String seconds) {
    int point = seconds.indexOf('.');
    String fraction = point < 0 ? "" : seconds.substring(point + 1);
    String whole = point < 0 ? seconds : seconds.substring(0, point);
    return whole + "." + fraction + "0".repeat(Math.max(0, NANOS_DIGITS - fraction.length()));
  }

  /// Other schemes than `svc:` and `file:` belong to others, such as `lrc:` and `pkg:` in SMF.
  private static @Nullable String fmriFault(String text) {
    if (!text.startsWith("svc:") && !text.startsWith("file:") && Format.URI.fault(text) == null) {
      return null;
    }
    try {
      Entity.parse(
          text.startsWith("svc:") && text.contains("/:properties/")
              ? text.substring(0, text.indexOf("/:properties/"))
              : text);
      return null;
    } catch (IllegalArgumentException e) {
      return e.getMessage();
    }
  }

  private static boolean isCount(String text) {
    boolean hexadecimal = text.startsWith("0x") || text.startsWith("0X");
    try {
      var _ = Long.parseUnsignedLong(hexadecimal ? text.substring(2) : text, hexadecimal ? 16 : 10);
      return text.charAt(0) != '+';
    } catch (NumberFormatException e) {
      return false;
    }
  }

  private static boolean isInteger(String text) {
    try {
      Long.parseLong(text);
      return text.charAt(0) != '+';
    } catch (NumberFormatException e) {
      return false;
    }
  }

  private static boolean isTime(String text) {
    int start = text.startsWith("-") ? 1 : 0;
    int point = text.indexOf('.');
    String whole = text.substring(start, point < 0 ? text.length() : Math.max(start, point));
    String fraction = point < 0 ? "0" : text.substring(point + 1);
    return isDigits(whole)
        && whole.length() <= 18
        && isDigits(fraction)
        && fraction.length() <= NANOS_DIGITS;
  }

  private static boolean isDigits(String text) {
    return !text.isEmpty() && text.chars().allMatch(c -> c >= '0' && c <= '9');
  }

  private static boolean isHex(int c) {
    return c >= '0' && c <= '9' || c >= 'a' && c <= 'f' || c >= 'A' && c <= 'F';
  }

  private static boolean isHost(String text) {
    return isV4(text)
        || isV6(text)
        || !text.isEmpty()
            && text.length() <= 255
            && text.chars().allMatch(c -> isAlphanumeric(c) || c == '-' || c == '.' || c == '_')
            && isAlphanumeric(text.charAt(0));
  }

  private static boolean isAlphanumeric(int c) {
    return c >= '0' && c <= '9' || c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z';
  }

  private static boolean isV4(String text) {
    String[] parts = withoutPrefix(text, 32).split("\\.", -1);
    if (parts.length != 4) {
      return false;
    }
    for (String part : parts) {
      if (!isDigits(part) || part.length() > 3 || Integer.parseInt(part) > 255) {
        return false;
      }
    }
    return true;
  }

  private static boolean isV6(String text) {
    String address = withoutPrefix(text, 128);
    return address.contains(":")
        && address.length() <= 45
        && address.chars().allMatch(c -> isHex(c) || c == ':' || c == '.');
  }

  /// The address before `/PREFIX`, or nothing when the prefix is none.
  private static String withoutPrefix(String text, int max) {
    int slash = text.indexOf('/');
    if (slash < 0) {
      return text;
    }
    String prefix = text.substring(slash + 1);
    boolean valid = isDigits(prefix) && prefix.length() <= 3 && Integer.parseInt(prefix) <= max;
    return valid ? text.substring(0, slash) : "";
  }
}
