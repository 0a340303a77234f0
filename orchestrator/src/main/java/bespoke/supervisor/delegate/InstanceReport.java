package bespoke.supervisor.delegate;

/// The state of an instance as the daemon is told (smf(7)'s words).
///
/// @param next the state it is moving to; empty when it rests
/// @param severity what dependents must do about it: none, fault, restart or refresh
/// @param detail for a person
record InstanceReport(
    String state, String next, String auxiliary, String severity, String detail) {}
