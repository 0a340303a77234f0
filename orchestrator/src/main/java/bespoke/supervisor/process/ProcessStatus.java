package bespoke.supervisor.process;

import org.jspecify.annotations.Nullable;

/// The state of a process as others see it.
///
/// @param pid 0 if there is no process
/// @param started when the last process was started; null if never
/// @param stopped when the last process ended; null if never
/// @param exitStatus of the last process; -1 after a signal; null if none ended
/// @param spawnError why the last start failed or the last exit was bad; empty if it was good
public record ProcessStatus(
    ProcessState state,
    long pid,
    @Nullable Moment started,
    @Nullable Moment stopped,
    @Nullable Integer exitStatus,
    String spawnError) {}
