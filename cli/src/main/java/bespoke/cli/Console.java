package bespoke.cli;

import bespoke.api.listing.Times;
import bespoke.cli.render.Style;
import java.io.InputStream;
import java.io.PrintStream;
import java.time.InstantSource;
import java.util.Map;

/// Where a command prints, reads and looks at the time, so that tests can stand in for it.
///
/// @param in standard input
/// @param out standard output; the caller flushes it at the end
/// @param err standard error
/// @param inputIsTerminal whether a person types
/// @param outputIsTerminal whether a person reads
/// @param environment as of environ(7)
/// @param clock the time now
/// @param zone in which times are shown
public record Console(
    InputStream in,
    PrintStream out,
    PrintStream err,
    boolean inputIsTerminal,
    boolean outputIsTerminal,
    Map<String, String> environment,
    InstantSource clock,
    Times.Zone zone) {

  public Console {
    environment = Map.copyOf(environment);
  }

  /// Whether colour may be used: on a terminal, unless `NO_COLOR` (no-color.org) or `TERM=dumb`
  /// forbids it.
  public boolean hasColour() {
    return outputIsTerminal
        && environment.getOrDefault("NO_COLOR", "").isEmpty()
        && !environment.getOrDefault("TERM", "").equals("dumb");
  }

  /// How many characters fit in a line: `COLUMNS`, or 80.
  public int width() {
    try {
      int columns = Integer.parseInt(environment.getOrDefault("COLUMNS", "80"));
      return Math.clamp(columns, 20, 1000);
    } catch (NumberFormatException e) {
      return 80;
    }
  }

  /// How times are shown now.
  public Times times() {
    return new Times(zone, clock.millis());
  }

  /// How states and names are shown.
  public Style style() {
    return hasColour() ? Style.COLOUR : Style.PLAIN;
  }
}
