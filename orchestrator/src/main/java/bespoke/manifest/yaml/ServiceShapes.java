package bespoke.manifest.yaml;

import bespoke.manifest.yaml.Shape.Choice;
import bespoke.manifest.yaml.Shape.Either;
import bespoke.manifest.yaml.Shape.Field;
import bespoke.manifest.yaml.Shape.Fields;
import bespoke.manifest.yaml.Shape.Flag;
import bespoke.manifest.yaml.Shape.Group;
import bespoke.manifest.yaml.Shape.Items;
import bespoke.manifest.yaml.Shape.Named;
import bespoke.manifest.yaml.Shape.Rule;
import bespoke.manifest.yaml.Shape.Text;
import java.util.ArrayList;
import java.util.List;

/// The format of DESIGN 7, declared once: the reader checks against it and the JSON Schema is
/// generated from it.
final class ServiceShapes {

  private static final List<String> GROUPINGS =
      List.of("require_all", "require_any", "optional_all", "exclude_all");
  private static final List<String> RESTART_ON = List.of("none", "error", "restart", "refresh");

  private static final Items SERVICES = new Items(new Text(Format.FMRI), 0);
  private static final Items PATHS = new Items(new Text(Format.PATH), 0);

  private static final Fields DOCUMENTATION =
      Fields.of(
          "documentation",
          List.of(
              Field.optional("manpage", new Text(Format.LINE), "Title of a manual page."),
              Field.optional("section", new Text(Format.LINE), "Its section."),
              Field.optional("manpath", new Text(Format.LINE), "Where it is, if not as usual."),
              Field.optional("uri", new Text(Format.URI), "Address of a document."),
              Field.optional("name", new Text(Format.LINE), "Name of the document.")),
          new Rule.ExactlyOne(List.of("manpage", "uri")),
          new Rule.Needs("manpage", List.of("section")),
          new Rule.Needs("name", List.of("uri")));

  /// One entry of `instances`.
  static final Fields INSTANCE = Fields.of("instance", common(true));

  /// One document: a service.
  static final Fields SERVICE = service();

  private ServiceShapes() {}

  private static Fields service() {
    List<Field> fields = new ArrayList<>();
    fields.add(
        Field.required(
            "service", new Text(Format.SERVICE), "The service's name, such as site/web."));
    fields.addAll(common(false));
    fields.add(
        Field.optional(
            "single_instance", new Flag(), "Obsolete in SMF; kept as general/single_instance."));
    fields.add(
        Field.optional(
            "instances",
            new Named(new Text(Format.INSTANCE), INSTANCE),
            "The instances by name; without it there is one, named default."));
    return Fields.of("service", fields, new Rule.AtMostOne(List.of("enabled", "instances")));
  }

  /// What a service and an instance may say; an instance's properties override the service's.
  private static List<Field> common(boolean instance) {
    return List.of(
        Field.optional("common_name", new Text(Format.LINE), "A few words for listings."),
        Field.optional("description", new Text(Format.TEXT), "What it does."),
        Field.optional(
            "documentation", new Items(DOCUMENTATION, 0), "Where to read more; shown by svcs -x."),
        Field.optional(
            "enabled", new Flag(), "Whether it runs after the first import; absent means false."),
        Field.optional(
            "restarter",
            new Text(Format.INSTANCE_FMRI),
            "Who starts and stops it; absent means the master restarter."),
        Field.optional(
            "requires",
            new Items(new Text(Format.FMRI), 0),
            "Short for a require_all dependency named requires with restart_on none."),
        Field.optional(
            "dependencies",
            new Named(new Text(Format.GROUP), dependency(instance)),
            "What must be there before it starts, by name."),
        Field.optional(
            "dependents",
            new Named(new Text(Format.GROUP), dependent()),
            "Other services that depend on this one, by the name of their dependency."),
        Field.optional(
            "methods", MethodShapes.methods(instance), "How it is started, stopped and watched."),
        Field.optional("readiness", MethodShapes.readiness(instance), "When it counts as online."),
        Field.optional("startd", MethodShapes.STARTD, "How the restarter treats it."),
        Field.optional(
            "periodic",
            OccasionShapes.PERIODIC,
            "How often the periodic restarter runs its start method."),
        Field.optional(
            "scheduled",
            OccasionShapes.SCHEDULED,
            "At which times the periodic restarter runs its start method."),
        Field.optional("inetd", OccasionShapes.INETD, "Where the restarter inetd listens for it."),
        Field.optional(
            "method_context", MethodShapes.CONTEXT, "How the processes of its methods are set up."),
        Field.optional(
            "resources", MethodShapes.resources(), "Limits of all its processes together."),
        Field.optional(
            "templates",
            TemplateShapes.TEMPLATES,
            "What its property groups must look like, by the name of the group."),
        Field.optional(
            "property_groups",
            new Named(new Text(Format.GROUP), new Group()),
            "Its configuration: groups of typed properties."));
  }

  private static Shape dependency(boolean instance) {
    List<Field> fields =
        List.of(
            new Field("grouping", new Choice(GROUPINGS), !instance, "How the members combine."),
            Field.optional(
                "restart_on", new Choice(RESTART_ON), "What stops it; absent means none."),
            Field.optional("services", SERVICES, "Services and instances."),
            Field.optional("paths", PATHS, "Files."));
    List<String> kinds = List.of("services", "paths");
    return instance
        ? Fields.of("instance_dependency", fields, new Rule.AtMostOne(kinds))
        : Fields.of("dependency", fields, new Rule.ExactlyOne(kinds));
  }

  private static Shape dependent() {
    return Fields.of(
        "dependent",
        List.of(
            Field.required("grouping", new Choice(GROUPINGS), "How the members combine."),
            Field.optional(
                "restart_on",
                new Choice(RESTART_ON),
                "What stops the dependent; absent means none."),
            Field.required(
                "services", new Items(new Text(Format.FMRI), 1), "Who depends on this one.")));
  }

  /// Text, or a list of texts.
  static Either textOrList(Format one, Shape item) {
    return new Either(List.of(new Text(one), new Items(item, 0)));
  }
}
