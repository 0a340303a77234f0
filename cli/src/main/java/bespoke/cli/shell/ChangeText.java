package bespoke.cli.shell;

import bespoke.api.ChangeRecord;
import bespoke.api.MemberRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// Changes as a person reads them.
final class ChangeText {
  private static final long MILLIS = 1000;
  private static final int WHY_MAX = 60;

  private ChangeText() {}

  /// `change 7: 20 instances in 5 waves`.
  static String began(ChangeRecord change) {
    return "change " + change.number() + ": " + size(change);
  }

  /// `change 7 is complete after 3 s`.
  static String ended(ChangeRecord change) {
    long seconds = (change.endedEpochMillis() - change.beganEpochMillis() + MILLIS / 2) / MILLIS;
    return "change " + change.number() + " is " + change.standing() + " after " + seconds + " s\n";
  }

  private static String size(ChangeRecord change) {
    return count(change.instances(), "instance") + " in " + count(change.waves(), "wave");
  }

  private static String count(int count, String noun) {
    return count + " " + noun + (count == 1 ? "" : "s");
  }

  /// A plan, or a change with all that is known of it.
  static String of(ChangeRecord change, List<MemberRecord> members, ShellTerminal terminal) {
    StringBuilder out = new StringBuilder();
    if (change.number() > 0) {
      head(out, change, terminal);
    }
    out.append(size(change)).append(":\n");
    for (MemberRecord member : members) {
      out.append("  wave ").append(member.wave()).append("  ").append(member.fmri());
      out.append("  ").append(member.effect()).append(", ").append(member.action());
      if (change.number() > 0 && !member.state().isEmpty()) {
        out.append("; now ").append(member.state());
      }
      out.append('\n');
      for (String difference : member.differences()) {
        out.append("            ").append(difference).append('\n');
      }
    }
    return out.append(sum(members)).toString();
  }

  private static void head(StringBuilder out, ChangeRecord change, ShellTerminal terminal) {
    out.append("change ").append(change.number()).append(": ").append(change.source());
    out.append(" by ").append(change.user()).append(" at ");
    out.append(terminal.time(change.beganEpochMillis())).append('\n');
    if (!change.comment().isEmpty()) {
      out.append("comment: ").append(change.comment()).append('\n');
    }
    out.append("standing: ").append(change.standing());
    if (change.endedEpochMillis() > 0) {
      out.append(" at ").append(terminal.time(change.endedEpochMillis()));
    }
    out.append('\n');
    if (!change.why().isEmpty()) {
      out.append("why: ").append(change.why()).append('\n');
    }
    if (change.deaths() > 0) {
      out.append(count(change.deaths(), "daemon")).append(" died while it was under way\n");
    }
  }

  /// `2 restart, 1 start, 17 nothing`.
  private static String sum(List<MemberRecord> members) {
    Map<String, Integer> counts = new TreeMap<>();
    members.forEach(member -> counts.merge(member.action(), 1, Integer::sum));
    List<String> parts = new ArrayList<>();
    counts.forEach((action, count) -> parts.add(count + " " + action));
    return String.join(", ", parts) + "\n";
  }

  /// One line each.
  static String list(List<ChangeRecord> changes, ShellTerminal terminal) {
    List<List<String>> rows = new ArrayList<>();
    rows.add(List.of("CHANGE", "BEGAN", "BY", "WHAT", "INSTANCES", "STANDING", "WHY"));
    for (ChangeRecord change : changes) {
      String why = change.why().isEmpty() ? change.comment() : change.why();
      rows.add(
          List.of(
              Long.toString(change.number()),
              terminal.time(change.beganEpochMillis()),
              change.user(),
              change.source(),
              Integer.toString(change.instances()),
              change.standing(),
              why.length() > WHY_MAX ? why.substring(0, WHY_MAX) + "..." : why));
    }
    return AlignedRows.of(rows);
  }
}
