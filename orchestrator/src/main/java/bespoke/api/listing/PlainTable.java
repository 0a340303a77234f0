package bespoke.api.listing;

import bespoke.api.InstanceRecord;
import bespoke.api.TableView;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/// What `svcs` prints when nobody asks for anything else: state, time of the last change and FMRI
/// of every enabled instance (smf.md 8.1).
public final class PlainTable {
  private static final int STATE_WIDTH = 14;
  private static final int TIME_WIDTH = 8;

  /// Longer FMRIs are compared by so many characters.
  private static final int COMPARED = 50;

  private PlainTable() {}

  /// The table with its header.
  ///
  /// @param records in any order; those that are equal in state, time and the part of the FMRI that
  ///   is compared keep theirs
  /// @param colour whether states are painted for a terminal
  public static String of(List<InstanceRecord> records, Times times, boolean colour) {
    List<InstanceRecord> sorted = new ArrayList<>(records);
    sorted.sort(new Order());
    StringBuilder out = new StringBuilder(32 + 64 * sorted.size());
    out.append("STATE          STIME    FMRI\n");
    for (InstanceRecord record : sorted) {
      String state = record.state().isEmpty() ? "-" : record.state();
      String shown = record.next().isEmpty() ? state : state + "*";
      String time = times.brief(record.sinceEpochMillis());
      out.append(colour ? painted(record.state(), shown) : shown);
      out.repeat(' ', Math.max(0, STATE_WIDTH - shown.length()) + 1);
      out.append(time).repeat(' ', Math.max(0, TIME_WIDTH - time.length()) + 1);
      out.append(record.fmri()).append('\n');
    }
    return out.toString();
  }

  /// The table as somebody else sees it, with his clock, zone and colours.
  public static String of(List<InstanceRecord> records, TableView view) {
    Times times = new Times(LocalZone.of(view), view.nowEpochMillis());
    return of(records, times, view.colour());
  }

  /// A class rather than a chain of lambdas, which would take longer to link than the table to
  /// print.
  private static final class Order implements Comparator<InstanceRecord> {
    @Override
    public int compare(InstanceRecord a, InstanceRecord b) {
      int byState = Integer.compare(order(a.state()), order(b.state()));
      if (byState != 0) {
        return byState;
      }
      int byTime = Long.compare(a.sinceEpochMillis(), b.sinceEpochMillis());
      return byTime != 0 ? byTime : compared(a.fmri()).compareTo(compared(b.fmri()));
    }

    private static String compared(String fmri) {
      return fmri.length() <= COMPARED ? fmri : fmri.substring(0, COMPARED);
    }
  }

  /// The place of a state in the sorting order, most interesting last; unknown words come after
  /// all.
  public static int order(String state) {
    return switch (state) {
      case "legacy_run" -> 0;
      case "disabled" -> 1;
      case "online" -> 2;
      case "degraded" -> 3;
      case "offline" -> 4;
      case "maintenance" -> 5;
      case "uninitialized" -> 6;
      default -> 7;
    };
  }

  /// A text in the colour of a state (ECMA-48); what has none stays as it is.
  public static String painted(String state, String text) {
    String code =
        switch (state) {
          case "online" -> "32";
          case "degraded", "offline" -> "33";
          case "maintenance" -> "1;31";
          case "uninitialized" -> "35";
          case "disabled" -> "2";
          default -> "";
        };
    return code.isEmpty() ? text : "\u001b[" + code + "m" + text + "\u001b[0m";
  }
}
