/// Reads service descriptions into the model; one sub-package a format.
///
/// Every reader gives [ManifestReading]: the [bespoke.model.ServiceDescription]s and **all**
/// [Problem]s of a file at once, each with its place and what to do. A mistake of the person who
/// wrote the file is never an exception. What a file may contain is bounded: size, depth, number of
/// documents and problems.
///
/// Start reading at `Manifests`, which loads directories, then `yaml.YamlReader`.
///
/// What never belongs here: what an import changes in the repository, dependency cycles (`graph`),
/// the meaning of a property (`model.definition`).
@NullMarked
package bespoke.manifest;

import org.jspecify.annotations.NullMarked;
