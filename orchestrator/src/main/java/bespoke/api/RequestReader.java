package bespoke.api;

import bespoke.api.Request.Act;
import bespoke.api.Request.Add;
import bespoke.api.Request.Apply;
import bespoke.api.Request.Check;
import bespoke.api.Request.Contracts;
import bespoke.api.Request.CriticalPath;
import bespoke.api.Request.Customizations;
import bespoke.api.Request.Cycles;
import bespoke.api.Request.Delete;
import bespoke.api.Request.DeleteCustomizations;
import bespoke.api.Request.Edit;
import bespoke.api.Request.Explain;
import bespoke.api.Request.Export;
import bespoke.api.Request.Extract;
import bespoke.api.Request.FindPath;
import bespoke.api.Request.Graph;
import bespoke.api.Request.History;
import bespoke.api.Request.Impact;
import bespoke.api.Request.Import;
import bespoke.api.Request.ListInstances;
import bespoke.api.Request.ListNames;
import bespoke.api.Request.ListSnapshots;
import bespoke.api.Request.Milestone;
import bespoke.api.Request.Ping;
import bespoke.api.Request.Properties;
import bespoke.api.Request.Revert;
import bespoke.api.Request.Shutdown;
import bespoke.api.Request.Watch;
import bespoke.api.Request.Why;
import bespoke.api.json.JsonException;
import bespoke.api.json.JsonObject;

/// Reads requests; only the daemon does.
public final class RequestReader {

  private RequestReader() {}

  /// Reads one line.
  ///
  /// @throws RefusedRequest if it is none that is understood here; its outcome is the answer
  public static Request read(byte[] line) throws RefusedRequest {
    try {
      JsonObject fields = JsonObject.parse(line);
      if (fields.number("version") != Wire.VERSION) {
        throw new RefusedRequest(
            ErrorKind.VERSION,
            "this daemon speaks version "
                + Wire.VERSION
                + " of the protocol, not "
                + fields.number("version")
                + "; use the commands that came with it");
      }
      return read(fields);
    } catch (JsonException e) {
      throw new RefusedRequest(ErrorKind.BAD_REQUEST, "not a request: " + e.getMessage());
    }
  }

  private static Request read(JsonObject fields) throws RefusedRequest {
    return switch (fields.text("op")) {
      case "ping" -> new Ping();
      case "list" ->
          new ListInstances(
              fields.texts("operands"),
              fields.flag("enabled_only"),
              fields.flag("detailed"),
              fields.flag("processes"),
              fields.flag("brief"));
      case "explain" -> new Explain(fields.texts("operands"), fields.flag("verbose"));
      case "act" ->
          new Act(
              fields.text("action"),
              fields.texts("operands"),
              fields.text("in_state"),
              fields.flag("temporary"),
              fields.flag("recursive"),
              fields.flag("immediate"),
              fields.flag("dump"),
              fields.flag("synchronous"),
              fields.flag("on_terminal"),
              fields.text("comment"),
              fields.flag("plan"));
      case "milestone" ->
          new Milestone(fields.text("milestone"), fields.flag("permanent"), fields.flag("plan"));
      case "shutdown" -> new Shutdown();
      case "watch" -> new Watch(fields.texts("operands"));
      case "import" ->
          new Import(
              SourceText.list(fields.objects("files")),
              fields.flag("validate_only"),
              fields.flag("refresh"),
              fields.flag("plan"));
      case "apply" ->
          new Apply(
              SourceText.list(fields.objects("files")),
              fields.flag("validate_only"),
              fields.flag("plan"));
      case "delete" -> new Delete(fields.text("entity"), fields.flag("force"), fields.flag("plan"));
      case "add" -> new Add(fields.text("entity"));
      case "names" -> new ListNames(fields.text("entity"), fields.text("pattern"));
      case "export" -> new Export(fields.text("entity"), fields.flag("all_values"));
      case "extract" -> new Extract();
      case "properties" ->
          new Properties(fields.texts("operands"), fields.text("view"), fields.text("snapshot"));
      case "edit" ->
          new Edit(
              fields.text("entity"), Change.list(fields.objects("changes")), fields.flag("plan"));
      case "snapshots" -> new ListSnapshots(fields.text("entity"));
      case "revert" -> new Revert(fields.text("entity"), fields.text("snapshot"));
      case "listcust" -> new Customizations(fields.texts("operands"));
      case "delcust" -> new DeleteCustomizations(fields.text("entity"), fields.text("pattern"));
      case "graph" -> new Graph(fields.texts("operands"));
      case "impact" -> new Impact(fields.text("entity"));
      case "path" -> new FindPath(fields.text("from"), fields.text("to"));
      case "cycles" -> new Cycles();
      case "check" -> new Check(fields.texts("operands"));
      case "critical_path" -> new CriticalPath();
      case "why" -> new Why(fields.text("entity"));
      case "history" ->
          new History(
              fields.texts("operands"), fields.number("since"), fields.smallNumber("count_max"));
      case "contracts" -> new Contracts(fields.numbers("ids"));
      default ->
          throw new RefusedRequest(
              ErrorKind.NOT_AVAILABLE,
              "this daemon does not know the operation \"" + fields.text("op") + "\"");
    };
  }
}
