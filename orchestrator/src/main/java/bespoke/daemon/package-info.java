/// Wiring, the event loop, the wall clock, shutdown: the program `svc.startd`.
///
/// One thread, `engine`, owns the engine and takes what happened from one [Inbox] in batches
/// ([EngineLoop]): every fact gets its id, its cause and its time there, is journalled, is made
/// durable where a person waits for it, and only then are the engine's decisions handed to the
/// worlds that carry them out. Everybody else reads by asking that thread ([EngineLoop#ask]), which
/// answers with immutable values.
///
/// What never belongs here: a decision about a service. What is imported by nobody: this package.
///
/// Start reading at [SvcStartd], then [Daemon] (the wiring, by hand, in one class), then
/// [EngineLoop].
@NullMarked
package bespoke.daemon;

import org.jspecify.annotations.NullMarked;
