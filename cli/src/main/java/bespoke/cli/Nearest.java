package bespoke.cli;

/// "Did you mean": the word that differs least.
final class Nearest {

  private static final int LENGTH_MAX = 200;

  private Nearest() {}

  /// The nearest of the words, or the empty string when none is near.
  static String to(String typed, Iterable<String> words) {
    String nearest = "";
    int least = 1 + Math.max(1, typed.length() / 3);
    if (typed.length() > LENGTH_MAX) {
      return nearest;
    }
    for (String word : words) {
      if (Math.abs(word.length() - typed.length()) < least) {
        int distance = distance(typed, word);
        if (distance < least) {
          least = distance;
          nearest = word;
        }
      }
    }
    return nearest;
  }

  /// How many letters must be added, dropped, changed or swapped with their neighbour.
  static int distance(String a, String b) {
    int[] before = new int[b.length() + 1];
    int[] last = new int[b.length() + 1];
    int[] row = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) {
      last[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      row[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int cost = a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1;
        row[j] = Math.min(Math.min(row[j - 1], last[j]) + 1, last[j - 1] + cost);
        if (i > 1
            && j > 1
            && a.charAt(i - 1) == b.charAt(j - 2)
            && a.charAt(i - 2) == b.charAt(j - 1)) {
          row[j] = Math.min(row[j], before[j - 2] + 1);
        }
      }
      int[] spare = before;
      before = last;
      last = row;
      row = spare;
    }
    return last[b.length()];
  }
}
