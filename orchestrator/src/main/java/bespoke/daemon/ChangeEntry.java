package bespoke.daemon;

import bespoke.change.Member;
import bespoke.change.Standing;
import bespoke.model.InstanceFmri;
import bespoke.repository.EntityImage;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// A change as it is remembered: all that the next daemon needs to end it, and history afterwards.
///
/// @param number from 1
/// @param asked who wants what
/// @param content what it is about
/// @param standing how far it is
/// @param why what went wrong, or empty
/// @param deaths how many daemons died while it was under way
/// @param endedEpochMillis when it was over, or 0
record ChangeEntry(
    long number,
    Asked asked,
    Content content,
    Standing standing,
    String why,
    int deaths,
    long endedEpochMillis) {

  /// Who wants what.
  ///
  /// @param source `import`, or `revert of N`
  /// @param user who
  /// @param commandLine by which command
  /// @param comment why, or empty
  /// @param atEpochMillis when
  /// @param patienceSeconds how long a wave may take
  record Asked(
      String source,
      String user,
      String commandLine,
      String comment,
      long atEpochMillis,
      long patienceSeconds) {}

  /// What a change is about.
  ///
  /// @param members who changes, by wave
  /// @param differences of each, a line each
  /// @param ranBefore which of them, and of those that depend on them, ran before
  /// @param before what was configured
  /// @param after what is to be configured
  record Content(
      List<Member> members,
      Map<InstanceFmri, List<String>> differences,
      Set<InstanceFmri> ranBefore,
      List<EntityImage> before,
      List<EntityImage> after) {
    /// Nothing changes.
    static final Content NONE = new Content(List.of(), Map.of(), Set.of(), List.of(), List.of());

    Content {
      members = List.copyOf(members);
      differences = Collections.unmodifiableMap(new LinkedHashMap<>(differences));
      ranBefore = Collections.unmodifiableSet(new LinkedHashSet<>(ranBefore));
      before = List.copyOf(before);
      after = List.copyOf(after);
    }

    /// In how many steps it is made.
    int waves() {
      return (int) members.stream().mapToInt(Member::wave).distinct().count();
    }
  }

  /// The same, further.
  ChangeEntry standing(Standing now, String reason, long nowEpochMillis) {
    return new ChangeEntry(
        number, asked, content, now, reason, deaths, now.isEnd() ? nowEpochMillis : 0);
  }

  /// The same, after one more daemon died over it.
  ChangeEntry died() {
    return new ChangeEntry(number, asked, content, standing, why, deaths + 1, endedEpochMillis);
  }
}
