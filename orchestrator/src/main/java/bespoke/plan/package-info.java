/// Runs the engine in the simulated world: virtual time, predicted durations and outcomes, no
/// process, no file.
///
/// [Simulation] is the loop, [SimulatedWorld] answers decisions, [Behaviour] says how a service
/// would behave. Plans, what-if, boot prediction and the tests of the engine all stand on it.
@NullMarked
package bespoke.plan;

import org.jspecify.annotations.NullMarked;
