package bespoke.supervisor.config;

/// What happens to one output stream of a program.
///
/// @param maxBytes size from which the file is rotated; 0 = never
/// @param backups how many rotated files are kept
/// @param captureMaxBytes size of the capture buffer; 0 = no capture mode
/// @param eventsEnabled whether output is sent as PROCESS_LOG events
/// @param syslog whether lines are also sent to syslog
/// @param format how it is written into the file; syslog and events get it as it is
public record StreamConfig(
    LogDestination destination,
    long maxBytes,
    int backups,
    long captureMaxBytes,
    boolean eventsEnabled,
    boolean syslog,
    LogFormat format) {

  /// Dropped, without events.
  public static StreamConfig dropped() {
    return new StreamConfig(new LogDestination.None(), 0, 0, 0, false, false, LogFormat.RAW);
  }
}
