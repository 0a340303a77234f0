package bespoke.graph.analysis;

import java.util.Collection;
import java.util.Optional;

/// The known name that a mistyped one most likely means.
final class NearestName {
  private NearestName() {}

  /// The name with the least edit distance, if that is at most a third of its length; the first in
  /// order among equals.
  static Optional<String> of(String mistyped, Collection<String> known) {
    String best = null;
    int bound = Math.max(1, mistyped.length() / 3) + 1;
    for (String candidate : known) {
      if (Math.abs(candidate.length() - mistyped.length()) < bound) {
        int distance = distance(mistyped, candidate);
        if (distance < bound) {
          bound = distance;
          best = candidate;
        }
      }
    }
    return Optional.ofNullable(best);
  }

  /// Levenshtein's distance.
  private static int distance(String a, String b) {
    int[] row = new int[b.length() + 1];
    for (int j = 0; j < row.length; j++) {
      row[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j < row.length; j++) {
        int replaced = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(replaced, 1 + Math.min(row[j - 1], row[j]));
      }
    }
    return row[b.length()];
  }
}
