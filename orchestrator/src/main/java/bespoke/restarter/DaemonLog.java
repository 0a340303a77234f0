package bespoke.restarter;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Clock;
import java.time.ZonedDateTime;

/// The daemon's own log, `log/svc.startd.log` (smf.md 6.6); errors also go to the terminal.
///
/// May be used from any thread. When it cannot be written, everything goes to the terminal.
public final class DaemonLog {

  /// The name of the file.
  public static final String FILE_NAME = "svc.startd.log";

  private final LogFile file;
  private final Clock clock;
  private final PrintStream terminal;
  private final long sizeMaxBytes;
  private final int kept;
  private long sinceRotationBytes;

  /// @param settings where the log is and how large it may become
  /// @param terminal where errors go too; standard error, usually
  public DaemonLog(RestarterSettings settings, Clock clock, PrintStream terminal) {
    this.file = new LogFile(settings.logDirectory().resolve(FILE_NAME));
    this.clock = clock;
    this.terminal = terminal;
    this.sizeMaxBytes = settings.logSizeMaxBytes();
    this.kept = settings.logsKept();
  }

  /// Where it is.
  public Path path() {
    return file.path();
  }

  /// Writes a line; never throws.
  ///
  /// @param error whether it also goes to the terminal
  public synchronized void write(boolean error, String message) {
    String line =
        LogLine.ofDaemon(
            ZonedDateTime.now(clock), Thread.currentThread().getName(), error, message);
    if (error) {
      terminal.println("svc.startd: " + message);
    }
    try {
      append(line);
    } catch (IOException e) {
      terminal.print(line);
    }
  }

  private void append(String line) throws IOException {
    file.append(line);
    sinceRotationBytes += line.length();
    if (sinceRotationBytes > sizeMaxBytes / 10) {
      sinceRotationBytes = 0;
      file.rotate(sizeMaxBytes, kept);
    }
  }
}
