/// Changes of many services at once: what is to be done, in which order, and when it is taken back.
///
/// [ChangeMachine] decides; it is as pure as the engine: a [Fact] in, [Order]s out, no clock, no
/// file, no thread. Whoever carries orders out (the daemon; `bespoke.change.rehearsal` in the
/// simulated world) tells it what then happened.
///
/// A change is a passage from one configuration to another: first the new definitions come into
/// force, all at once, so that whoever restarts for another's sake restarts only once; then wave
/// after wave is restarted, refreshed or started, and must be well before the next one begins. When
/// a wave is not well, or somebody asks, the same passage is made backwards.
///
/// Invariants: nothing is restarted that was started since its definition came into force; a change
/// ends all-new or all-old; both directions are the same code, and beginning either again is
/// harmless, which is what a daemon that died needs.
///
/// Start reading at [Member], [ChangeMachine], `Passage`.
///
/// What never belongs here: the repository, the wire.
@NullMarked
package bespoke.change;

import org.jspecify.annotations.NullMarked;
