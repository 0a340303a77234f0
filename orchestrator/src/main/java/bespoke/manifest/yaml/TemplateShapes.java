package bespoke.manifest.yaml;

import bespoke.manifest.yaml.Shape.Bounded;
import bespoke.manifest.yaml.Shape.Choice;
import bespoke.manifest.yaml.Shape.Field;
import bespoke.manifest.yaml.Shape.Fields;
import bespoke.manifest.yaml.Shape.Flag;
import bespoke.manifest.yaml.Shape.Items;
import bespoke.manifest.yaml.Shape.Named;
import bespoke.manifest.yaml.Shape.Text;
import java.util.List;

/// The format of `templates`: what property groups must look like (smf_template(7)).
final class TemplateShapes {

  private static final Items TEXTS = new Items(new Text(Format.TEXT), 0);
  private static final Items RANGES = new Items(new Text(Format.RANGE), 0);
  private static final Bounded COUNT = new Bounded(0, 1_000_000, false);

  private static final Fields PROPERTY =
      Fields.of(
          "property_template",
          List.of(
              Field.optional("type", new Choice(GroupCheck.TYPES), "The type of its values."),
              Field.optional("required", new Flag(), "Whether the group must have it."),
              Field.optional("common_name", new Text(Format.LINE), "A few words."),
              Field.optional("description", new Text(Format.TEXT), "What it is for."),
              Field.optional("units", new Text(Format.LINE), "What a number counts."),
              Field.optional(
                  "visibility",
                  new Choice(List.of("hidden", "readonly", "readwrite")),
                  "How user interfaces show it."),
              Field.optional("min_values", COUNT, "How many values it has at least."),
              Field.optional("max_values", COUNT, "How many values it has at most."),
              Field.optional(
                  "separators",
                  new Text(Format.TEXT),
                  "Characters that separate several values inside of one."),
              Field.optional("values", TEXTS, "The values that are allowed."),
              Field.optional("ranges", RANGES, "The numbers that are allowed, as MIN,MAX."),
              Field.optional("choices", TEXTS, "Values that a person may be offered."),
              Field.optional(
                  "include_choices",
                  new Items(new Choice(List.of("constraints", "values")), 0),
                  "What is offered besides.")));

  private static final Fields GROUP =
      Fields.of(
          "group_template",
          List.of(
              Field.optional("type", new Text(Format.GROUP_TYPE), "The type of the group."),
              Field.optional("required", new Flag(), "Whether there must be one."),
              Field.optional(
                  "target",
                  new Choice(List.of("this", "instance", "delegate", "all")),
                  "Whose groups; absent means this."),
              Field.optional("common_name", new Text(Format.LINE), "A few words."),
              Field.optional("description", new Text(Format.TEXT), "What it is for."),
              Field.optional(
                  "properties",
                  new Named(new Text(Format.PROPERTY), PROPERTY),
                  "What it holds, by name.")));

  /// The value of `templates`: one entry for each property group that is described.
  static final Named TEMPLATES = new Named(new Text(Format.GROUP), GROUP);

  private TemplateShapes() {}
}
