package bespoke.manifest.yaml;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// A piece of a YAML document that knows its place: line and column from 1.
sealed interface YamlNode {

  int line();

  int column();

  /// What it is, for messages.
  String what();

  /// What a scalar looks like. Quoted text is always `TEXT`.
  enum Kind {
    TEXT,
    INTEGER,
    DECIMAL,
    BOOLEAN,
    /// Nothing at all, `null` or `~`.
    NULL,
    /// Was refused already; nothing more is said about it.
    REFUSED
  }

  /// A single value.
  ///
  /// @param text without quotes
  record Scalar(String text, Kind kind, int line, int column) implements YamlNode {

    /// Quoted text that was not read from a file.
    static Scalar text(String text) {
      return new Scalar(text, Kind.TEXT, 0, 0);
    }

    /// Text as it would be read without quotes.
    static Scalar plain(String text) {
      return new Scalar(text, ScalarKinds.of(text), 0, 0);
    }

    @Override
    public String what() {
      return switch (kind) {
        case TEXT -> "text";
        case INTEGER, DECIMAL -> "a number";
        case BOOLEAN -> "a boolean";
        case NULL, REFUSED -> "nothing";
      };
    }
  }

  /// A list.
  record Sequence(List<YamlNode> items, int line, int column) implements YamlNode {
    @Override
    public String what() {
      return "a list";
    }
  }

  /// Keys and values, in the order of the file; no key twice.
  record Mapping(List<Entry> entries, int line, int column) implements YamlNode {

    /// The value of a key, or null.
    @Nullable YamlNode value(String key) {
      for (Entry entry : entries) {
        if (entry.key.text.equals(key)) {
          return entry.value;
        }
      }
      return null;
    }

    @Override
    public String what() {
      return "a mapping";
    }
  }

  /// One line of a mapping.
  ///
  /// @param comment what the writer says above it, or empty; comments are not read
  record Entry(Scalar key, YamlNode value, String comment) {

    /// An entry without a comment.
    Entry(Scalar key, YamlNode value) {
      this(key, value, "");
    }
  }
}
