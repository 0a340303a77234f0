package bespoke.supervisor.config;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The `[supervisord]` section together with the command line.
///
/// @param logfile path, or `syslog`
/// @param directory change to it when daemonizing; null = stay
/// @param user switch to it first; null = stay
/// @param environment variables for every program
/// @param sharedContract whether all programs share one contract
public record ServerConfig(
    String logfile,
    long logfileMaxBytes,
    int logfileBackups,
    LogLevel logLevel,
    String pidfile,
    int umask,
    @Nullable String directory,
    boolean nodaemon,
    boolean silent,
    int minfds,
    int minprocs,
    boolean nocleanup,
    String childLogDirectory,
    @Nullable Account user,
    boolean stripAnsi,
    Map<String, String> environment,
    String identifier,
    boolean sharedContract) {
  public ServerConfig {
    environment = Collections.unmodifiableMap(new LinkedHashMap<>(environment));
  }
}
