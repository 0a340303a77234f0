/// Reads composed property groups into an [bespoke.model.InstanceDefinition]: the one place that
/// knows which property means what (smf.md 2.5, 3.1, 6.3; DESIGN 7).
@NullMarked
package bespoke.model.definition;

import org.jspecify.annotations.NullMarked;
