package bespoke.api;

import bespoke.api.json.JsonException;
import bespoke.api.json.JsonObject;
import bespoke.api.json.JsonWriter;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Requests that compare configurations, and that wait until one is another.
public sealed interface ComparisonRequest extends Request {

  /// What differs between two sides: [DifferenceRecord]s.
  ///
  /// A side is `running`, `current`, the name of a snapshot, a layer with those below it
  /// (`manifest`, `profile`, `admin`), or `file:` and the name of a given file.
  ///
  /// @param operands services or instances; none means what the files describe, or all instances
  /// @param before a side
  /// @param after a side
  /// @param files those that the sides name
  record Compare(List<String> operands, String before, String after, List<SourceText> files)
      implements ComparisonRequest {
    public Compare {
      operands = List.copyOf(operands);
      files = List.copyOf(files);
    }

    @Override
    public String op() {
      return "compare";
    }

    @Override
    public void writeFields(JsonWriter out) {
      out.texts("operands", operands);
      out.field("before", before);
      out.field("after", after);
      out.objects("files", files);
    }
  }

  /// Waits until a property group is another than now: one [ConfiguredEntity], live and not
  /// composed, as it is then. The answer may take for ever.
  ///
  /// @param entity a service or an instance
  /// @param group the property group; need not exist yet; empty means any
  record AwaitChange(String entity, String group) implements ComparisonRequest {
    @Override
    public String op() {
      return "await-change";
    }

    @Override
    public void writeFields(JsonWriter out) {
      out.field("entity", entity);
      out.field("group", group);
    }
  }

  /// Reads one of these; null if the operation is another.
  static @Nullable ComparisonRequest read(JsonObject fields) throws JsonException {
    return switch (fields.text("op")) {
      case "compare" ->
          new Compare(
              fields.texts("operands"),
              fields.text("before"),
              fields.text("after"),
              SourceText.list(fields.objects("files")));
      case "await-change" -> new AwaitChange(fields.text("entity"), fields.text("group"));
      default -> null;
    };
  }
}
