/// bespoke's own format of service descriptions (DESIGN 7, `docs/format.md`): YAML 1.2 without
/// anchors, aliases, tags and merge keys.
///
/// Four steps, one class each: `YamlDocuments` turns bytes into located nodes; `ShapeCheck` holds
/// them against the `Shape`s of `ServiceShapes`, the one declarative definition of the format, from
/// which `JsonSchema` is generated as well; `ServiceMapping` turns checked nodes into property
/// groups; [bespoke.model.definition.Definitions] has the last word on each instance. `YamlWriter`
/// goes back.
///
/// Start reading at [YamlReader] and `ServiceShapes`.
@NullMarked
package bespoke.manifest.yaml;

import org.jspecify.annotations.NullMarked;
