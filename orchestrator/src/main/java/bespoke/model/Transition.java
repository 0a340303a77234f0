package bespoke.model;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// One committed step of an instance's state machine (smf.md 5.3): a change of state, or of the
/// next state.
///
/// @param instance who moved
/// @param from state before
/// @param to state after; equal to `from` when only the next state changed
/// @param next the state it is now moving to, or null
/// @param auxiliary why
/// @param severity how grave it is for dependents
/// @param because the instance whose transition led to this one, if it was another's
/// @param detail a sentence for a person, or empty
/// @param atEpochMillis when, in milliseconds since 1970 UTC
/// @param cause id of the event that led to it; the chain of causes ends in a root
public record Transition(
    InstanceFmri instance,
    InstanceState from,
    InstanceState to,
    @Nullable InstanceState next,
    AuxiliaryState auxiliary,
    Severity severity,
    Optional<InstanceFmri> because,
    String detail,
    long atEpochMillis,
    long cause) {

  /// Whether the state itself changed.
  public boolean changesState() {
    return from != to;
  }
}
