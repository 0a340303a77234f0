package bespoke.repository;

import bespoke.model.Origin;
import bespoke.model.Property;
import bespoke.repository.ImportOptions.PropertyPath;
import java.util.Optional;

/// One thing that an administrator or a profile decided against the manifest (`listcust`).
///
/// @param path the property, or a whole group that was added or removed
/// @param layer who
/// @param value what was set; empty for a deletion, or a whole group
/// @param manifest what would hold without it; empty if nothing
/// @param origin person and time, or place in the profile
public record Customization(
    PropertyPath path,
    Layer layer,
    Optional<Property> value,
    Optional<Property> manifest,
    Origin origin) {}
