/// The real world: carries out the engine's [bespoke.engine.Decision]s with processes, contracts,
/// timers, files and sockets, and answers with [bespoke.engine.Event]s.
///
/// Start reading at [RealWorld]: it takes decisions from the engine's thread, never blocks it, and
/// posts answers to an [EventSink]. How a method string becomes a command: [Tokens], [CommandLine];
/// how it is run: [MethodRunner], [MethodLaunch], [Environment], [WorkingDirectory]; what becomes
/// of it: [ContractReports]; how services say that they are ready: [ReadinessChannels]; how they
/// are asked: [ProbeRunner]; what an earlier daemon left: [Adopter].
///
/// Work of one instance is done in order, in its lane ([Lanes]); nothing else orders anything.
///
/// What never belongs here: a decision. This package does not know what a state is, whether a
/// method is tried again or what a failure leads to. It reads configuration through [Configuration]
/// and writes nothing but log files.
///
/// Invariants: every [bespoke.engine.Decision.RunMethod] is answered by exactly one
/// [bespoke.engine.Event.MethodExited], whatever goes wrong; a `MethodStarted` of the same run
/// comes before it; a contract's emptying is reported after the exit of the method that ran in it.
@NullMarked
package bespoke.restarter;

import org.jspecify.annotations.NullMarked;
