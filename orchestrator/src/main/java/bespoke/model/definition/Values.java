package bespoke.model.definition;

import bespoke.model.MethodContext.Limit;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/// The text forms of numbers, durations and sizes in property values and manifests.
public final class Values {

  /// The longest duration that is not taken as "none", in seconds (some 68 years).
  public static final long SECONDS_MAX = Integer.MAX_VALUE;

  private Values() {}

  /// A duration in seconds with up to nine decimals, such as `60` or `0.25`.
  ///
  /// Empty when the text is none, or when it is zero, negative or absurdly large, which all mean
  /// "no limit" (smf.md 5.14).
  public static Optional<Duration> seconds(String text) {
    int point = text.indexOf('.');
    OptionalLong whole = whole(point < 0 ? text : text.substring(0, point));
    OptionalLong nanos = point < 0 ? OptionalLong.of(0) : fraction(text.substring(point + 1));
    if (whole.isEmpty() || nanos.isEmpty() || whole.getAsLong() > SECONDS_MAX) {
      return Optional.empty();
    }
    Duration duration = Duration.ofSeconds(whole.getAsLong(), nanos.getAsLong());
    return duration.isZero() || duration.isNegative() ? Optional.empty() : Optional.of(duration);
  }

  private static OptionalLong fraction(String digits) {
    if (digits.isEmpty() || digits.length() > 9 || !digits.chars().allMatch(Values::isDigit)) {
      return OptionalLong.empty();
    }
    long value = Long.parseLong(digits);
    for (int i = digits.length(); i < 9; i++) {
      value *= 10;
    }
    return OptionalLong.of(value);
  }

  /// A decimal number that is not negative.
  public static OptionalLong whole(String text) {
    if (text.isEmpty() || text.length() > 18 || !text.chars().allMatch(Values::isDigit)) {
      return OptionalLong.empty();
    }
    return OptionalLong.of(Long.parseLong(text));
  }

  /// A decimal number within bounds, possibly negative.
  public static OptionalInt integer(String text, int min, int max) {
    boolean negative = text.startsWith("-");
    OptionalLong magnitude = whole(negative ? text.substring(1) : text);
    if (magnitude.isEmpty()) {
      return OptionalInt.empty();
    }
    long value = negative ? -magnitude.getAsLong() : magnitude.getAsLong();
    return value < min || value > max ? OptionalInt.empty() : OptionalInt.of((int) value);
  }

  /// A number of bytes (or of things): digits with an optional `K`, `M`, `G` or `T`, powers of
  /// 1024.
  public static OptionalLong size(String text) {
    if (text.isEmpty()) {
      return OptionalLong.empty();
    }
    int power = "KMGT".indexOf(text.charAt(text.length() - 1)) + 1;
    OptionalLong number = whole(power == 0 ? text : text.substring(0, text.length() - 1));
    long limit = Long.MAX_VALUE >> (10 * power);
    if (number.isEmpty() || number.getAsLong() > limit) {
      return OptionalLong.empty();
    }
    return OptionalLong.of(number.getAsLong() << (10 * power));
  }

  /// Whether the text is a file mode creation mask: one to four octal digits, at most 0777.
  public static boolean isUmask(String text) {
    return !text.isEmpty()
        && text.length() <= 4
        && text.chars().allMatch(c -> c >= '0' && c <= '7')
        && Integer.parseInt(text, 8) <= 0777;
  }

  /// `SOFT` or `SOFT:HARD`, each a size or `unlimited`; the soft one not above the hard one.
  public static Optional<Limit> limit(String text) {
    int colon = text.indexOf(':');
    OptionalLong soft = bound(colon < 0 ? text : text.substring(0, colon));
    OptionalLong hard = colon < 0 ? soft : bound(text.substring(colon + 1));
    if (soft.isEmpty() || hard.isEmpty()) {
      return Optional.empty();
    }
    Limit limit = new Limit(soft.getAsLong(), hard.getAsLong());
    boolean above =
        limit.hard() != Limit.UNLIMITED
            && (limit.soft() == Limit.UNLIMITED || limit.soft() > limit.hard());
    return above ? Optional.empty() : Optional.of(limit);
  }

  private static OptionalLong bound(String text) {
    boolean none = text.equals("unlimited") || text.equals("infinity") || text.equals("-1");
    return none ? OptionalLong.of(Limit.UNLIMITED) : size(text);
  }

  /// The number in `fd:3`; 3 to 255.
  public static OptionalInt descriptor(String word) {
    return word.startsWith("fd:") ? integer(word.substring(3), 3, 255) : OptionalInt.empty();
  }

  private static boolean isDigit(int c) {
    return c >= '0' && c <= '9';
  }
}
