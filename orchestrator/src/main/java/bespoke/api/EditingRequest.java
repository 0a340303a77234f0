package bespoke.api;

import bespoke.api.json.JsonException;
import bespoke.api.json.JsonObject;
import bespoke.api.json.JsonWriter;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Requests of `svccfg` that change more than the properties of one entity: scripts, edges of the
/// dependency graph, and whole archives.
public sealed interface EditingRequest extends Request {

  /// Edits in order, up to the first that is refused; each is made whole or not at all, and all
  /// that are made become durable together. Answered by an [AppliedRecord].
  ///
  /// @param edits at most [Wire#EDITS_MAX]
  record Script(List<ConfigurationRequest.Edit> edits) implements EditingRequest {
    public Script {
      edits = List.copyOf(edits);
    }

    @Override
    public String op() {
      return "script";
    }

    @Override
    public void writeFields(JsonWriter out) {
      out.objects("edits", edits);
    }
  }

  /// Adds, changes or deletes edges of the dependency graph: [NoteRecord]s and one
  /// [EdgeDifferenceRecord].
  ///
  /// @param entity an FMRI or an abbreviation of a service or an instance
  /// @param action `add`, `set` or `delete`
  /// @param dependency the dependency's name; empty to find it, or to make one up
  /// @param grouping `require_all` and so on; empty for the usual one, or to leave it
  /// @param restartOn `none` and so on; empty for the usual one, or to leave it
  /// @param targets services, instances or absolute paths; none means the whole dependency
  record EditDependency(
      String entity,
      String action,
      String dependency,
      String grouping,
      String restartOn,
      List<String> targets)
      implements EditingRequest {
    public EditDependency {
      targets = List.copyOf(targets);
    }

    @Override
    public String op() {
      return "edge";
    }

    @Override
    public void writeFields(JsonWriter out) {
      out.field("entity", entity);
      out.field("action", action);
      out.field("dependency", dependency);
      out.field("grouping", grouping);
      out.field("restart_on", restartOn);
      out.texts("targets", targets);
    }
  }

  /// Makes the services of an archive what they were when it was made: [ImportedRecord]s and
  /// [ProblemRecord]s. Services that are not in it stay.
  ///
  /// @param archive what `svccfg archive` wrote
  record Restore(SourceText archive) implements EditingRequest {
    @Override
    public String op() {
      return "restore";
    }

    @Override
    public void writeFields(JsonWriter out) {
      out.objects("files", List.of(archive));
    }
  }

  /// Reads one of these; null if the operation is another.
  static @Nullable EditingRequest read(JsonObject fields) throws JsonException {
    return switch (fields.text("op")) {
      case "script" -> new Script(edits(fields.objects("edits")));
      case "edge" ->
          new EditDependency(
              fields.text("entity"),
              fields.text("action"),
              fields.text("dependency"),
              fields.text("grouping"),
              fields.text("restart_on"),
              fields.texts("targets"));
      case "restore" -> {
        List<SourceText> files = SourceText.list(fields.objects("files"));
        if (files.size() != 1) {
          throw new JsonException("restore needs one file");
        }
        yield new Restore(files.getFirst());
      }
      default -> null;
    };
  }

  private static List<ConfigurationRequest.Edit> edits(List<JsonObject> objects)
      throws JsonException {
    if (objects.size() > Wire.EDITS_MAX) {
      throw new JsonException("more than " + Wire.EDITS_MAX + " edits in one request");
    }
    List<ConfigurationRequest.Edit> edits = new ArrayList<>(objects.size());
    for (JsonObject object : objects) {
      edits.add(
          new ConfigurationRequest.Edit(
              object.text("entity"), Change.list(object.objects("changes"))));
    }
    return edits;
  }
}
