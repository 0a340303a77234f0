package bespoke.api;

import bespoke.api.json.JsonException;
import bespoke.api.json.JsonObject;
import bespoke.api.json.JsonWriter;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Requests that read and change the repository: `svccfg` and `svcprop`.
public sealed interface ConfigurationRequest extends Request {

  /// Imports service descriptions: [DescriptionRecord]s, [ConstructRecord]s, [ImportedRecord]s,
  /// [ProblemRecord]s.
  ///
  /// @param files none means: look at the daemon's own manifest directories again
  /// @param format of all files, or empty to recognize each
  /// @param strict refuse everything if anything would be dropped
  /// @param validated refuse everything if anything does not keep to its templates
  /// @param validateOnly only report the problems
  /// @param refresh refresh what changed
  record Import(
      List<SourceText> files,
      String format,
      boolean strict,
      boolean validated,
      boolean validateOnly,
      boolean refresh)
      implements ConfigurationRequest {
    public Import {
      files = List.copyOf(files);
    }

    /// An import of files of any format, whatever is lost.
    public Import(List<SourceText> files, boolean validateOnly, boolean refresh) {
      this(files, "", false, false, validateOnly, refresh);
    }

    @Override
    public String op() {
      return "import";
    }

    @Override
    public void writeFields(JsonWriter out) {
      out.objects("files", files);
      out.field("format", format);
      out.field("strict", strict);
      out.field("validated", validated);
      out.field("validate_only", validateOnly);
      out.field("refresh", refresh);
    }
  }

  /// Applies profiles: [ImportedRecord]s and [ProblemRecord]s.
  ///
  /// @param files at least one
  /// @param validateOnly only report the problems
  record Apply(List<SourceText> files, boolean validateOnly) implements ConfigurationRequest {
    public Apply {
      files = List.copyOf(files);
    }

    @Override
    public String op() {
      return "apply";
    }

    @Override
    public void writeFields(JsonWriter out) {
      out.objects("files", files);
      out.field("validate_only", validateOnly);
    }
  }

  /// Deletes a service or an instance.
  ///
  /// @param entity an FMRI or an abbreviation
  /// @param force stop it first if it runs
  record Delete(String entity, boolean force) implements ConfigurationRequest {
    @Override
    public String op() {
      return "delete";
    }

    @Override
    public void writeFields(JsonWriter out) {
      out.field("entity", entity);
      out.field("force", force);
    }
  }

  /// Creates an empty service or instance.
  ///
  /// @param entity the FMRI
  record Add(String entity) implements ConfigurationRequest {
    @Override
    public String op() {
      return "add";
    }

    @Override
    public void writeFields(JsonWriter out) {
      out.field("entity", entity);
    }
  }

  /// Names for `svccfg list`: [NameRecord]s of services, or of a service's instances.
  ///
  /// @param entity a service, or empty for all services
  /// @param pattern a glob, or empty for all
  record ListNames(String entity, String pattern) implements ConfigurationRequest {
    @Override
    public String op() {
      return "names";
    }

    @Override
    public void writeFields(JsonWriter out) {
      out.field("entity", entity);
      out.field("pattern", pattern);
    }
  }

  /// A service as a description: [TextRecord]s.
  ///
  /// @param entity a service; empty means all
  /// @param allValues with the values of protected property groups
  /// @param format `yaml`, or `smf` for SMF's XML
  record Export(String entity, boolean allValues, String format) implements ConfigurationRequest {

    /// In YAML.
    public Export(String entity, boolean allValues) {
      this(entity, allValues, "yaml");
    }

    @Override
    public String op() {
      return "export";
    }

    @Override
    public void writeFields(JsonWriter out) {
      out.field("entity", entity);
      out.field("all_values", allValues);
      out.field("format", format);
    }
  }

  /// What administrators changed, and the permanent setting of all instances, as a profile:
  /// [TextRecord]s.
  ///
  /// @param format `yaml`, or `smf` for SMF's XML
  record Extract(String format) implements ConfigurationRequest {

    /// In YAML.
    public Extract() {
      this("yaml");
    }

    @Override
    public String op() {
      return "extract";
    }

    @Override
    public void writeFields(JsonWriter out) {
      out.field("format", format);
    }
  }

  /// Compares what runs with the templates: [ProblemRecord]s.
  ///
  /// @param operands instances, or services for all of theirs
  record Validate(List<String> operands) implements ConfigurationRequest {
    public Validate {
      operands = List.copyOf(operands);
    }

    @Override
    public String op() {
      return "validate";
    }

    @Override
    public void writeFields(JsonWriter out) {
      out.texts("operands", operands);
    }
  }

  /// Property groups of services and instances: one [ConfiguredEntity] each.
  ///
  /// @param operands services or instances; an exact service means the service itself
  /// @param view `running` (snapshot, composed), `composed` (live), `own` (live, not composed) or
  ///   `snapshot`
  /// @param snapshot its name, with the view `snapshot`
  record Properties(List<String> operands, String view, String snapshot)
      implements ConfigurationRequest {
    public Properties {
      operands = List.copyOf(operands);
    }

    @Override
    public String op() {
      return "properties";
    }

    @Override
    public void writeFields(JsonWriter out) {
      out.texts("operands", operands);
      out.field("view", view);
      out.field("snapshot", snapshot);
    }
  }

  /// Changes configuration; nothing reaches a running instance before `refresh`.
  ///
  /// @param entity an FMRI or an abbreviation of a service or an instance
  /// @param changes in order, all or none
  record Edit(String entity, List<Change> changes) implements ConfigurationRequest {
    public Edit {
      changes = List.copyOf(changes);
    }

    @Override
    public String op() {
      return "edit";
    }

    @Override
    public void writeFields(JsonWriter out) {
      out.field("entity", entity);
      out.objects("changes", changes);
    }
  }

  /// The names of an instance's snapshots: [NameRecord]s.
  ///
  /// @param entity an instance
  record ListSnapshots(String entity) implements ConfigurationRequest {
    @Override
    public String op() {
      return "snapshots";
    }

    @Override
    public void writeFields(JsonWriter out) {
      out.field("entity", entity);
    }
  }

  /// Puts the configuration of a snapshot back.
  ///
  /// @param entity an instance
  /// @param snapshot its name
  record Revert(String entity, String snapshot) implements ConfigurationRequest {
    @Override
    public String op() {
      return "revert";
    }

    @Override
    public void writeFields(JsonWriter out) {
      out.field("entity", entity);
      out.field("snapshot", snapshot);
    }
  }

  /// What administrators changed: one [ConfiguredEntity] each, only with the properties of their
  /// layer.
  ///
  /// @param operands none means all
  record Customizations(List<String> operands) implements ConfigurationRequest {
    public Customizations {
      operands = List.copyOf(operands);
    }

    @Override
    public String op() {
      return "listcust";
    }

    @Override
    public void writeFields(JsonWriter out) {
      out.texts("operands", operands);
    }
  }

  /// Removes what administrators changed.
  ///
  /// @param entity a service or an instance
  /// @param pattern a glob over property groups and properties, or empty for all
  record DeleteCustomizations(String entity, String pattern) implements ConfigurationRequest {
    @Override
    public String op() {
      return "delcust";
    }

    @Override
    public void writeFields(JsonWriter out) {
      out.field("entity", entity);
      out.field("pattern", pattern);
    }
  }

  private static String format(JsonObject fields) {
    return fields.text("format").isEmpty() ? "yaml" : fields.text("format");
  }

  /// Reads one of these; null if the operation is another.
  static @Nullable ConfigurationRequest read(JsonObject fields) throws JsonException {
    return switch (fields.text("op")) {
      case "import" ->
          new Import(
              SourceText.list(fields.objects("files")),
              fields.text("format"),
              fields.flag("strict"),
              fields.flag("validated"),
              fields.flag("validate_only"),
              fields.flag("refresh"));
      case "apply" ->
          new Apply(SourceText.list(fields.objects("files")), fields.flag("validate_only"));
      case "delete" -> new Delete(fields.text("entity"), fields.flag("force"));
      case "add" -> new Add(fields.text("entity"));
      case "names" -> new ListNames(fields.text("entity"), fields.text("pattern"));
      case "export" -> new Export(fields.text("entity"), fields.flag("all_values"), format(fields));
      case "extract" -> new Extract(format(fields));
      case "validate" -> new Validate(fields.texts("operands"));
      case "properties" ->
          new Properties(fields.texts("operands"), fields.text("view"), fields.text("snapshot"));
      case "edit" -> new Edit(fields.text("entity"), Change.list(fields.objects("changes")));
      case "snapshots" -> new ListSnapshots(fields.text("entity"));
      case "revert" -> new Revert(fields.text("entity"), fields.text("snapshot"));
      case "listcust" -> new Customizations(fields.texts("operands"));
      case "delcust" -> new DeleteCustomizations(fields.text("entity"), fields.text("pattern"));
      default -> null;
    };
  }
}
