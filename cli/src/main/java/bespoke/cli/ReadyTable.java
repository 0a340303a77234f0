package bespoke.cli;

import bespoke.api.TableView;
import bespoke.api.json.JsonObject;
import bespoke.api.listing.LocalZone;
import bespoke.cli.client.Replies;
import bespoke.cli.render.Column;
import bespoke.cli.render.SortKey;
import bespoke.cli.render.Style;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What comes back for a listing: the table, if the daemon could make it, or records. The daemon
/// makes it in compiled code, and what a command runs is interpreted.
final class ReadyTable implements Replies {
  private final List<JsonObject> records = new ArrayList<>();
  private byte @Nullable [] text;

  /// What the daemon needs to know to make the table, or null if it cannot make this one.
  static @Nullable TableView view(List<Column> columns, List<SortKey> keys, Console console) {
    long now = console.clock().millis();
    if (!columns.equals(Column.USUAL)
        || !keys.equals(SortKey.USUAL)
        || !(console.zone() instanceof LocalZone zone)
        || !zone.isKnownUntil(now / 1000)) {
      return null;
    }
    return zone.view(now, console.style() == Style.COLOUR);
  }

  @Override
  public void line(String kind, JsonObject fields) {
    if (kind.equals("instance")) {
      records.add(fields);
    }
  }

  @Override
  public void table(byte[] table) {
    text = table;
  }

  /// The records, when there is no table.
  List<JsonObject> records() {
    return records;
  }

  /// Prints the table, if there is one.
  ///
  /// @param header whether its first line, too
  boolean print(Console console, boolean header) {
    byte[] table = text;
    if (table == null) {
      return false;
    }
    int from = header ? 0 : firstLineLength(table);
    console.out().write(table, from, table.length - from);
    return true;
  }

  private static int firstLineLength(byte[] table) {
    int length = 0;
    while (length < table.length && table[length] != '\n') {
      length++;
    }
    return Math.min(length + 1, table.length);
  }
}
