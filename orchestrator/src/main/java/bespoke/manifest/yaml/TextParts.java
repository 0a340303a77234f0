package bespoke.manifest.yaml;

import java.util.ArrayList;
import java.util.List;

/// Cuts the text of a large manifest between documents, so that its parts can be read at the same
/// time.
///
/// A line that begins with `---` separates documents wherever it stands (YAML 1.2, 9.1.2): no
/// scalar may hold one. A text with directives (`%`) stays whole, since they belong to the next
/// document.
final class TextParts {

  /// Smaller texts are not worth a second thread, in characters.
  static final int SIZE_MIN = 200_000;

  private TextParts() {}

  /// A part of a text.
  ///
  /// @param linesBefore how many lines stand before it
  record Part(String text, int linesBefore) {}

  /// The text in at most `count` parts of about the same size.
  static List<Part> of(String text, int count) {
    int wanted = Math.min(count, text.length() / SIZE_MIN);
    if (wanted <= 1 || text.startsWith("%") || text.contains("\n%")) {
      return List.of(new Part(text, 0));
    }
    List<Part> parts = new ArrayList<>(wanted);
    int start = 0;
    int linesBefore = 0;
    for (int i = 1; i <= wanted; i++) {
      int cut = i == wanted ? -1 : text.indexOf("\n---", (int) ((long) text.length() * i / wanted));
      int end = cut < 0 ? text.length() : cut + 1;
      if (end > start) {
        String part = text.substring(start, end);
        parts.add(new Part(part, linesBefore));
        linesBefore += (int) part.chars().filter(c -> c == '\n').count();
        start = end;
      }
    }
    return parts;
  }
}
