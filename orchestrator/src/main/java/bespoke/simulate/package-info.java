/// `svcgraph simulate`: scenarios over a set of manifests, without a machine and without a daemon.
///
/// [SimulateMain] is the program. `Stack` holds the services of the manifests, `ScenarioRun` lets
/// the real engine run in the simulated world and collects a `Check` for every claim and
/// expectation; `Report` prints them.
///
/// Invariants: the same manifests, scenario and seed always give the same checks; every run is
/// bounded in events and in simulated time; nothing is started, and no file but manifests and
/// scenarios is looked at.
///
/// What never belongs here: decisions about services (they are the engine's), the reading of
/// scenarios (`bespoke.manifest.yaml`).
@NullMarked
package bespoke.simulate;

import org.jspecify.annotations.NullMarked;
