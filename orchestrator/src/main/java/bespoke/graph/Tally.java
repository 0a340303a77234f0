package bespoke.graph;

/// Counts members by value, and answers for all or any of them.
final class Tally {
  private int yes;
  private int notYet;
  private int never;

  void add(Satisfied value, int by) {
    switch (value) {
      case YES -> yes += by;
      case NOT_YET -> notYet += by;
      case NEVER -> never += by;
    }
  }

  void set(Tally other) {
    yes = other.yes;
    notYet = other.notYet;
    never = other.never;
  }

  int size() {
    return yes + notYet + never;
  }

  /// Every member; nothing at all is satisfied.
  Satisfied all() {
    if (never > 0) {
      return Satisfied.NEVER;
    }
    return notYet > 0 ? Satisfied.NOT_YET : Satisfied.YES;
  }

  /// At least one member; nothing at all is what the caller says.
  Satisfied any(Satisfied whenEmpty) {
    if (size() == 0) {
      return whenEmpty;
    }
    if (yes > 0) {
      return Satisfied.YES;
    }
    return notYet > 0 ? Satisfied.NOT_YET : Satisfied.NEVER;
  }
}
