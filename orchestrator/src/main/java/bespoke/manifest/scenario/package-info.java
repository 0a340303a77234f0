/// A scenario as a value: what happens to a set of services, and what must be seen then.
///
/// Read by `bespoke.manifest.yaml.ScenarioReader`, run by `bespoke.simulate`.
///
/// What never belongs here: behaviour.
@NullMarked
package bespoke.manifest.scenario;

import org.jspecify.annotations.NullMarked;
