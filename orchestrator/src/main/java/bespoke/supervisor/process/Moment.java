package bespoke.supervisor.process;

/// A point in time on two clocks.
///
/// @param millis monotonic, in milliseconds; all arithmetic uses it
/// @param epochSeconds wall clock, for people only
public record Moment(long millis, long epochSeconds) {}
