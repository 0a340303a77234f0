package bespoke.supervisor;

import bespoke.os.Syslog;
import bespoke.supervisor.config.LogLevel;
import bespoke.supervisor.config.ServerConfig;
import bespoke.supervisor.log.ActivityLog;
import bespoke.supervisor.log.RotatingFile;
import bespoke.supervisor.server.PrivateDirectory;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/// The server's own files: its activity log, its pid file and its private directory.
final class ServerFiles {
  private ServerFiles() {}

  /// Opens the activity log.
  ///
  /// @param out gets a copy in the foreground, unless the server is to be silent
  static ActivityLog openLog(ServerConfig server, PrintStream out) throws CannotStartException {
    boolean toSyslog = server.logfile().equals("syslog");
    RotatingFile file = null;
    if (toSyslog) {
      Syslog.open(server.identifier());
    } else {
      file =
          new RotatingFile(
              Path.of(server.logfile()).toAbsolutePath(),
              server.logfileMaxBytes(),
              server.logfileBackups());
      try {
        file.open();
      } catch (IOException e) {
        throw new CannotStartException("cannot open the log " + server.logfile() + ": " + e);
      }
    }
    return new ActivityLog(
        server.logLevel(),
        InstantSource.system(),
        file,
        server.nodaemon() && !server.silent() ? out : null,
        toSyslog ? Syslog::write : null);
  }

  /// @return null if there can be none, which the log says
  static @Nullable PrivateDirectory privateDirectory(ServerConfig server, ActivityLog current) {
    Path path = Path.of(server.pidfile() + ".private").toAbsolutePath();
    try {
      return PrivateDirectory.open(path);
    } catch (IOException e) {
      current.write(
          LogLevel.WARN,
          "cannot make the directory "
              + path
              + " ("
              + e
              + "): programs will not outlive this"
              + " server if it is killed");
      return null;
    }
  }

  static void writePidfile(ServerConfig server, ActivityLog current) {
    try {
      Files.writeString(Path.of(server.pidfile()), ProcessHandle.current().pid() + "\n");
    } catch (IOException e) {
      current.write(LogLevel.CRITICAL, "could not write pidfile " + server.pidfile() + ": " + e);
    }
  }

  static void removePidfile(ServerConfig server) {
    try {
      Files.deleteIfExists(Path.of(server.pidfile()));
    } catch (IOException _) {
      // the next server overwrites it
    }
  }
}
