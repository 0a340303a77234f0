/// Reads and writes SMF's XML: manifests, profiles and archives of the whole `service_bundle` DTD
/// (smf.md 9).
///
/// [SmfFormat] is the reader, [SmfWriter] the writer. A file becomes a tree of [XmlElement]s with
/// their places (`XmlTree`: StAX, no DTD, no entity, bounded in size, depth and number), then
/// descriptions (`BundleReading`, `LevelReading` and the readers of single elements). What is read
/// is what the repository stores; what bespoke treats otherwise than SMF, or cannot do, is a note
/// of the report (`Findings`), never silence.
///
/// Invariants: the writer's output is valid by the DTD and reading it gives the same description;
/// no file but the offered ones is looked at; every problem and note has its place.
///
/// What never belongs here: the meaning of properties (`model.definition`), whether values keep to
/// the templates (`model.template`).
@NullMarked
package bespoke.manifest.smf;

import org.jspecify.annotations.NullMarked;
