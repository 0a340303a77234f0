package bespoke.api;

import bespoke.api.json.JsonWritable;
import bespoke.api.json.JsonWriter;
import java.util.List;

/// Whether something that a scenario says was so (`svcgraph simulate --json`).
///
/// @param scenario its name
/// @param seed of the run
/// @param file the scenario's file
/// @param line from 1
/// @param column from 1
/// @param step what had happened, or `graph`
/// @param holds whether it was so
/// @param expected in words
/// @param got in words, or empty when it holds
/// @param because the causal chain, the last event first
public record CheckRecord(
    String scenario,
    long seed,
    String file,
    int line,
    int column,
    String step,
    boolean holds,
    String expected,
    String got,
    List<String> because)
    implements JsonWritable {

  public CheckRecord {
    because = List.copyOf(because);
  }

  @Override
  public void writeFields(JsonWriter out) {
    out.field("scenario", scenario);
    out.field("seed", seed);
    out.field("file", file);
    out.field("line", line);
    out.field("column", column);
    out.field("step", step);
    out.field("holds", holds);
    out.field("expected", expected);
    out.field("got", got);
    out.texts("because", because);
  }
}
