/// Decides: events in, decisions out.
///
/// `Engine` is a pure, deterministic state machine over the dependency graph. It does no I/O and
/// knows no clock, thread, file or process: time and chance arrive inside [Envelope]s. Whoever
/// carries [Decision]s out and answers with [Event]s is a *world*: the real one (`restarter`), the
/// simulated one (`plan`), the adversarial ones of the tests, the recorded one (journal).
///
/// Two halves that speak one protocol, [RestarterEvent], as in svc.startd(8):
///
/// - the *graph engine* (`GraphEngine`) knows who depends on whom and decides what may start or
///   must stop;
/// - a *restarter* (`InstanceMachine` is the master restarter) moves one instance through its
///   states, runs methods, retries and gives up. It never looks at the graph.
///
/// The state machine's arrows are one table, `TransitionTable`.
@NullMarked
package bespoke.engine;

import org.jspecify.annotations.NullMarked;
