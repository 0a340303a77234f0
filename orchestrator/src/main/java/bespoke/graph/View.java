package bespoke.graph;

import java.util.List;

/// How a group looks at a member; each grouping has its own eyes (smf.md 3.2, 3.3).
enum View {
  /// For `require_all` and `require_any`.
  REQUIRE,
  /// For `optional_all`: the hopeless do not block.
  OPTIONAL,
  /// For `exclude_all`.
  EXCLUDE,
  /// For the half of a mutual exclusion that goes first: a member that only waits does not block,
  /// or neither would ever start.
  EXCLUDE_FIRST;

  /// All views, without the copy that `values()` makes.
  static final List<View> VALUES = List.of(values());

  static final int COUNT = values().length;

  /// What an instance in this condition looks like; `own` is the value of its own dependencies.
  Satisfied of(Condition condition, Satisfied own) {
    return switch (this) {
      case REQUIRE -> require(condition, own);
      case OPTIONAL -> optional(condition, own);
      case EXCLUDE -> exclude(condition, false);
      case EXCLUDE_FIRST -> exclude(condition, true);
    };
  }

  private static Satisfied require(Condition condition, Satisfied own) {
    return switch (condition) {
      case RUNNING, RUNNING_NOT_ENABLED -> Satisfied.YES;
      case UNINITIALIZED, RUNNING_TO_OFFLINE -> Satisfied.NOT_YET;
      case OFFLINE, STARTING, LEAVING_DISABLED ->
          own == Satisfied.NEVER ? Satisfied.NEVER : Satisfied.NOT_YET;
      case ABSENT, DISABLED, OFFLINE_TO_DISABLE, RUNNING_TO_DISABLE, MAINTENANCE -> Satisfied.NEVER;
    };
  }

  private static Satisfied optional(Condition condition, Satisfied own) {
    return switch (condition) {
      case ABSENT, MAINTENANCE, DISABLED, OFFLINE_TO_DISABLE -> Satisfied.YES;
      case OFFLINE, STARTING, LEAVING_DISABLED ->
          own == Satisfied.NEVER ? Satisfied.YES : Satisfied.NOT_YET;
      case UNINITIALIZED, RUNNING_TO_OFFLINE -> Satisfied.NOT_YET;
      case RUNNING_TO_DISABLE -> Satisfied.NOT_YET;
      case RUNNING, RUNNING_NOT_ENABLED -> Satisfied.YES;
    };
  }

  private static Satisfied exclude(Condition condition, boolean first) {
    return switch (condition) {
      case ABSENT, DISABLED, MAINTENANCE -> Satisfied.YES;
      case OFFLINE, LEAVING_DISABLED -> first ? Satisfied.YES : Satisfied.NOT_YET;
      case UNINITIALIZED -> first ? Satisfied.YES : Satisfied.NOT_YET;
      case STARTING,
          OFFLINE_TO_DISABLE,
          RUNNING_NOT_ENABLED,
          RUNNING_TO_OFFLINE,
          RUNNING_TO_DISABLE ->
          Satisfied.NOT_YET;
      case RUNNING -> Satisfied.NEVER;
    };
  }
}
