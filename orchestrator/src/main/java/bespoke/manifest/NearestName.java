package bespoke.manifest;

import java.util.Collection;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Finds what a person probably meant.
public final class NearestName {

  private static final int LENGTH_MAX = 64;

  private NearestName() {}

  /// A question such as `did you mean "requires"?`, or the list of what is possible when nothing is
  /// near and the list is short, or nothing.
  public static String hint(String text, Collection<String> names) {
    String nearest = of(text, names);
    if (nearest != null) {
      return "did you mean \"" + nearest + "\"?";
    }
    return names.size() <= 12 ? "use one of " + String.join(", ", names) : "";
  }

  /// The nearest name within a third of the text's length, or null; the first of equally near ones.
  public static @Nullable String of(String text, Collection<String> names) {
    if (text.length() > LENGTH_MAX) {
      return null;
    }
    String wanted = plain(text);
    int best = Math.max(1, wanted.length() / 3) + 1;
    String nearest = null;
    for (String name : names) {
      if (wanted.endsWith("_" + name)) {
        return name; // cap_kill, rlimit_core
      }
      int distance = distance(wanted, plain(name), best);
      if (distance < best) {
        best = distance;
        nearest = name;
      }
    }
    return nearest;
  }

  private static String plain(String text) {
    return text.toLowerCase(Locale.ROOT).replace('-', '_').replace(' ', '_');
  }

  /// Insertions, deletions, changes and swaps of neighbours; `limit` or more is not told apart.
  private static int distance(String a, String b, int limit) {
    if (Math.abs(a.length() - b.length()) >= limit) {
      return limit;
    }
    int[][] cost = new int[a.length() + 1][b.length() + 1];
    for (int i = 0; i <= a.length(); i++) {
      for (int j = 0; j <= b.length(); j++) {
        cost[i][j] = i == 0 ? j : j == 0 ? i : step(a, b, i, j, cost);
      }
    }
    return cost[a.length()][b.length()];
  }

  private static int step(String a, String b, int i, int j, int[][] cost) {
    int change = a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1;
    int least = Math.min(Math.min(cost[i - 1][j], cost[i][j - 1]) + 1, cost[i - 1][j - 1] + change);
    boolean swapped =
        i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1);
    return swapped ? Math.min(least, cost[i - 2][j - 2] + 1) : least;
  }
}
