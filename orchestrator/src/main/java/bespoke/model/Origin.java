package bespoke.model;

/// Where a value or an edge comes from, so that every message can name it.
public sealed interface Origin {

  /// A place in a file.
  ///
  /// @param file as the person named it
  /// @param line from 1
  /// @param column from 1, in characters
  record File(String file, int line, int column) implements Origin {
    @Override
    public String toString() {
      return file + ":" + line + ":" + column;
    }
  }

  /// A person, through a command.
  ///
  /// @param who the user's name
  /// @param atEpochMillis when, in milliseconds since 1970 UTC
  record Administrator(String who, long atEpochMillis) implements Origin {
    @Override
    public String toString() {
      return "administrator " + who;
    }
  }

  /// bespoke itself, or a place that was not recorded.
  record Unknown() implements Origin {
    @Override
    public String toString() {
      return "unknown";
    }
  }

  /// The one value of [Unknown].
  Origin UNKNOWN = new Unknown();
}
