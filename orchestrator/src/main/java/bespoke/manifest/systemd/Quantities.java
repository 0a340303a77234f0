package bespoke.manifest.systemd;

import java.math.BigDecimal;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The values of systemd's directives: booleans, time spans (systemd.time(7)), sizes.
final class Quantities {

  private static final Pattern SPAN =
      Pattern.compile("\\s*([0-9]{1,12}(?:\\.[0-9]{0,9})?)\\s*([a-zA-Zµμ]*)");

  private static final Map<String, String> UNITS =
      Map.ofEntries(
          Map.entry("", "1"),
          Map.entry("s", "1"),
          Map.entry("sec", "1"),
          Map.entry("second", "1"),
          Map.entry("seconds", "1"),
          Map.entry("ms", "0.001"),
          Map.entry("msec", "0.001"),
          Map.entry("us", "0.000001"),
          Map.entry("usec", "0.000001"),
          Map.entry("µs", "0.000001"),
          Map.entry("μs", "0.000001"),
          Map.entry("m", "60"),
          Map.entry("min", "60"),
          Map.entry("minute", "60"),
          Map.entry("minutes", "60"),
          Map.entry("h", "3600"),
          Map.entry("hr", "3600"),
          Map.entry("hour", "3600"),
          Map.entry("hours", "3600"),
          Map.entry("d", "86400"),
          Map.entry("day", "86400"),
          Map.entry("days", "86400"),
          Map.entry("w", "604800"),
          Map.entry("week", "604800"),
          Map.entry("weeks", "604800"),
          Map.entry("M", "2629800"),
          Map.entry("month", "2629800"),
          Map.entry("months", "2629800"),
          Map.entry("y", "31557600"),
          Map.entry("year", "31557600"),
          Map.entry("years", "31557600"));

  private Quantities() {}

  /// `1`, `yes`, `true`, `on` and their opposites.
  static Optional<Boolean> flag(String text) {
    return switch (text.toLowerCase(java.util.Locale.ROOT)) {
      case "1", "yes", "y", "true", "t", "on" -> Optional.of(true);
      case "0", "no", "n", "false", "f", "off" -> Optional.of(false);
      default -> Optional.empty();
    };
  }

  /// Whether a time span means "never".
  static boolean isInfinite(String text) {
    return text.equals("infinity");
  }

  /// Seconds of a time span such as `1min 30s`, as decimal text with at most nine decimals: `90`.
  static Optional<String> seconds(String text) {
    Matcher span = SPAN.matcher(text);
    BigDecimal sum = BigDecimal.ZERO;
    int end = 0;
    while (end < text.length() && span.find(end) && span.start() == end) {
      String unit = UNITS.get(span.group(2));
      if (unit == null) {
        return Optional.empty();
      }
      String number = span.group(1);
      sum =
          sum.add(
              new BigDecimal(number.endsWith(".") ? number + "0" : number)
                  .multiply(new BigDecimal(unit)));
      end = span.end();
    }
    if (text.isEmpty() || end < text.stripTrailing().length() || sum.compareTo(SECONDS_MAX) > 0) {
      return Optional.empty();
    }
    return Optional.of(
        sum.setScale(9, java.math.RoundingMode.DOWN).stripTrailingZeros().toPlainString());
  }

  private static final BigDecimal SECONDS_MAX = BigDecimal.valueOf(Integer.MAX_VALUE);

  /// Bytes of a size such as `64M`; the suffixes are powers of 1024.
  static OptionalLong size(String text) {
    if (!text.matches("[0-9]{1,15}[KMGTPE]?B?")) {
      return OptionalLong.empty();
    }
    String digits = text.replaceAll("[A-Z]", "");
    String suffix = text.substring(digits.length()).replace("B", "");
    int power = suffix.isEmpty() ? 0 : "KMGTPE".indexOf(suffix) + 1;
    long number = Long.parseLong(digits);
    return number > Long.MAX_VALUE >> (10 * power)
        ? OptionalLong.empty()
        : OptionalLong.of(number << (10 * power));
  }

  /// A size with the largest suffix that fits: `512M`.
  static String sizeText(long bytes) {
    String suffixes = " KMGT";
    int power = 0;
    long rest = bytes;
    while (rest > 0 && rest % 1024 == 0 && power < suffixes.length() - 1) {
      rest /= 1024;
      power++;
    }
    return power == 0 ? Long.toString(bytes) : Long.toString(rest) + suffixes.charAt(power);
  }
}
