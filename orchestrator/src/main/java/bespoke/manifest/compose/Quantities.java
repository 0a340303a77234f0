package bespoke.manifest.compose;

import java.math.BigDecimal;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Durations (`1m30s`, `500ms`, a number of seconds) and sizes (`512m`, `1.5gb`) of compose files.
final class Quantities {
  private static final Pattern PART = Pattern.compile("([0-9]+(?:\\.[0-9]+)?)(us|ms|s|m|h|d)");
  private static final Pattern SIZE = Pattern.compile("([0-9]+(?:\\.[0-9]+)?) ?([bkmgt]?)(?:i?b)?");

  private Quantities() {}

  /// Seconds with at most three decimals, as properties hold them.
  static Optional<String> seconds(String text) {
    String lower = text.toLowerCase(Locale.ROOT).replace(" ", "");
    if (lower.matches("[0-9]{1,9}")) {
      return Optional.of(lower);
    }
    Matcher part = PART.matcher(lower);
    BigDecimal millis = BigDecimal.ZERO;
    int end = 0;
    while (part.lookingAt()) {
      BigDecimal unit =
          switch (part.group(2)) {
            case "us" -> new BigDecimal("0.001");
            case "ms" -> BigDecimal.ONE;
            case "s" -> BigDecimal.valueOf(1000);
            case "m" -> BigDecimal.valueOf(60_000);
            case "h" -> BigDecimal.valueOf(3_600_000);
            default -> BigDecimal.valueOf(86_400_000);
          };
      millis = millis.add(new BigDecimal(part.group(1)).multiply(unit));
      end = part.end();
      part.region(end, lower.length());
    }
    if (end == 0 || end != lower.length() || millis.precision() - millis.scale() > 15) {
      return Optional.empty();
    }
    long whole = Math.max(millis.longValue(), millis.signum());
    String decimals = String.format(Locale.ROOT, "%03d", whole % 1000);
    return Optional.of(
        whole % 1000 == 0 ? Long.toString(whole / 1000) : whole / 1000 + "." + decimals);
  }

  /// A size as cgroup limits are written: a number of bytes.
  static Optional<String> bytes(String text) {
    Matcher size = SIZE.matcher(text.toLowerCase(Locale.ROOT));
    if (!size.matches() || size.group(1).length() > 15) {
      return Optional.empty();
    }
    int shift =
        switch (size.group(2)) {
          case "k" -> 10;
          case "m" -> 20;
          case "g" -> 30;
          case "t" -> 40;
          default -> 0;
        };
    return Optional.of(
        new BigDecimal(size.group(1))
            .multiply(BigDecimal.valueOf(1L << shift))
            .toBigInteger()
            .toString());
  }
}
