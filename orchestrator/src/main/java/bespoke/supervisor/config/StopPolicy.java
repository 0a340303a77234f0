package bespoke.supervisor.config;

/// How a process is stopped.
///
/// @param waitSeconds how long it has before SIGKILL
/// @param asGroup whether the stop signal goes to its process group
/// @param killAsGroup whether SIGKILL goes to its process group
public record StopPolicy(
    SignalNumber signal, int waitSeconds, boolean asGroup, boolean killAsGroup) {}
