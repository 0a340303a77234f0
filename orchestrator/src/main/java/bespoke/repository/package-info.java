/// Keeps definitions, properties, snapshots, runtime state and the journal durable.
///
/// Three stores, each with the durability it needs:
///
/// - [Repository]: what is **persistent**. SQLite holds it; a redo log next to it makes each
///   transaction durable with one synchronous write and repairs the SQLite file when it is damaged.
/// - `VolatileStore`: what survives the death of the daemon but not a reboot. An append-only file,
///   never forced to disk.
/// - `SegmentedLog`: bounded history in segments; `bespoke.journal` writes events into it.
///
/// Start reading at [Repository], then `Layers` (how a value is decided) and `Transaction` (how a
/// change becomes durable).
///
/// Invariants: one process writes ([RootLock]); one thread at a time writes; a change that was
/// answered survives power loss; a crash leaves the old or the new state; damage is detected, named
/// and repaired, and the daemon never starts silently empty.
///
/// What never belongs here: decisions about services, the wall clock (times arrive in
/// [bespoke.model.Origin]s), the engine's types.
@NullMarked
package bespoke.repository;

import org.jspecify.annotations.NullMarked;
