package bespoke.supervisor.config;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The surroundings in which a process runs.
///
/// @param directory working directory; null = the server's
/// @param umask file mode mask; null = inherited
/// @param user the user to run as; null = the server's
/// @param environment variables added to the server's own
/// @param serverUrl what the process sees in SUPERVISOR_SERVER_URL; null = decided by the server
/// @param limits native limits; empty when none is asked for
public record ChildContext(
    @Nullable String directory,
    @Nullable Integer umask,
    @Nullable Account user,
    Map<String, String> environment,
    @Nullable String serverUrl,
    Limits limits) {
  public ChildContext {
    environment = Collections.unmodifiableMap(new LinkedHashMap<>(environment));
  }
}
