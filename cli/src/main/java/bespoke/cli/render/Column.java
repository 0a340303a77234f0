package bespoke.cli.render;

import bespoke.api.InstanceRecord;
import bespoke.api.listing.PlainTable;
import bespoke.api.listing.Times;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A column of `svcs` (smf.md 8.1); the names are those of `-o` and `-s`.
public enum Column {
  CTID(6, "primary contract ID for service"),
  DESC(100, "human-readable description of the service"),
  FMRI(50, "Fault Managed Resource Identifier for service"),
  INST(20, "portion of the FMRI indicating service instance"),
  N(1, "abbreviation for next state (if in transition)"),
  NSTA(4, "abbreviation for next state (if in transition)"),
  NSTATE(13, "name for next state (if in transition)"),
  S(2, "abbreviation for current state"),
  SCOPE(20, "scope name"),
  SN(2, "abbreviation for current state and next state"),
  SVC(20, "portion of the FMRI representing service name"),
  STA(4, "abbreviation for current state"),
  STATE(14, "name for current state"),
  STIME(8, "time of last state change"),
  ZONE(16, "name of zone");

  /// What `svcs` shows when nobody says otherwise.
  public static final List<Column> USUAL = List.of(STATE, STIME, FMRI);

  /// What `svcs -v` shows.
  public static final List<Column> VERBOSE = List.of(STATE, NSTATE, STIME, CTID, FMRI);

  private final int width;
  private final String description;

  Column(int width, String description) {
    this.width = width;
    this.description = description;
  }

  /// How many characters it takes; longer values overflow.
  public int width() {
    return width;
  }

  /// What it shows, in a few words.
  public String description() {
    return description;
  }

  /// The column of that name in any case, or null.
  public static @Nullable Column named(String name) {
    for (Column column : values()) {
      if (column.name().equalsIgnoreCase(name)) {
        return column;
      }
    }
    return null;
  }

  /// Whether it shows the next state, so that no `*` is needed.
  boolean showsNext() {
    return this == N || this == SN || this == NSTA || this == NSTATE;
  }

  /// Whether it shows the state, for colour.
  boolean showsState() {
    return this == S || this == SN || this == STA || this == STATE;
  }

  /// Its value.
  ///
  /// @param star appended to the state when it is in transition and no column tells
  String text(InstanceRecord instance, Times times, boolean star) {
    String mark = star && !instance.next().isEmpty() ? "*" : "";
    return switch (this) {
      case CTID -> contract(instance.contracts());
      case DESC -> dash(instance.commonName().replace('\n', ' '));
      case FMRI -> instance.fmri();
      case INST -> dash(FmriText.instance(instance.fmri()));
      case N -> instance.next().isEmpty() ? "-" : StateWords.letter(instance.next());
      case NSTA -> instance.next().isEmpty() ? "-" : StateWords.abbreviation(instance.next());
      case NSTATE -> dash(instance.next());
      case S -> StateWords.letter(instance.state()) + mark;
      case SCOPE -> "localhost";
      case SN ->
          StateWords.letter(instance.state())
              + (instance.next().isEmpty() ? "-" : StateWords.letter(instance.next()));
      case SVC -> FmriText.service(instance.fmri());
      case STA -> StateWords.abbreviation(instance.state()) + mark;
      case STATE -> dash(instance.state()) + mark;
      case STIME -> times.brief(instance.sinceEpochMillis());
      case ZONE -> "global";
    };
  }

  /// Less than, equal to or greater than zero, as `svcs -s` orders.
  int compare(InstanceRecord a, InstanceRecord b, Times times) {
    return switch (this) {
      case STATE, STA, S ->
          Integer.compare(PlainTable.order(a.state()), PlainTable.order(b.state()));
      case NSTATE, NSTA, N -> Integer.compare(nextOrder(a), nextOrder(b));
      case SN -> {
        int byState = STATE.compare(a, b, times);
        yield byState != 0 ? byState : NSTATE.compare(a, b, times);
      }
      case STIME -> Long.compare(a.sinceEpochMillis(), b.sinceEpochMillis());
      case CTID -> Long.compare(firstContract(a), firstContract(b));
      case FMRI -> clipped(a.fmri()).compareTo(clipped(b.fmri()));
      case DESC, SCOPE, ZONE -> 0;
      case INST, SVC -> text(a, times, false).compareTo(text(b, times, false));
    };
  }

  private static int nextOrder(InstanceRecord instance) {
    return instance.next().isEmpty() ? -1 : PlainTable.order(instance.next());
  }

  private static long firstContract(InstanceRecord instance) {
    return instance.contracts().isEmpty() ? -1 : instance.contracts().getFirst();
  }

  private static String clipped(String fmri) {
    return fmri.length() > 50 ? fmri.substring(0, 50) : fmri;
  }

  private static String contract(List<Long> contracts) {
    if (contracts.isEmpty()) {
      return padLeft("-", 6);
    }
    String first = String.valueOf(contracts.getFirst());
    return contracts.size() == 1 ? padLeft(first, 6) : padLeft(first, 5) + "*";
  }

  private static String padLeft(String text, int width) {
    return " ".repeat(Math.max(0, width - text.length())) + text;
  }

  private static String dash(String text) {
    return text.isEmpty() ? "-" : text;
  }

  /// All names in alphabetical order, for messages and completion.
  public static List<String> names() {
    List<String> names = new ArrayList<>();
    for (Column column : values()) {
      names.add(column.name());
    }
    Collections.sort(names);
    return names;
  }
}
