package bespoke.supervisor.config;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// A whole configuration, read without mistakes.
///
/// @param file the main file
/// @param groups sorted by priority, then name
/// @param hasRemoteInterface whether `[rpcinterface:supervisor]` was given
/// @param warnings remarks for the activity log
public record Configuration(
    Path file,
    ServerConfig server,
    List<HttpServerConfig> httpServers,
    List<GroupConfig> groups,
    boolean hasRemoteInterface,
    List<String> warnings) {
  public Configuration {
    httpServers = List.copyOf(httpServers);
    groups = groups.stream().sorted(GroupConfig.ORDER).toList();
    warnings = List.copyOf(warnings);
  }

  public Optional<GroupConfig> group(String name) {
    return groups.stream().filter(group -> group.name().equals(name)).findFirst();
  }

  /// The URL that programs get in SUPERVISOR_SERVER_URL: the first unix socket, else the first inet
  /// server.
  public Optional<String> serverUrl() {
    return httpServers.stream()
        .filter(server -> server.address() instanceof SocketAddressConfig.Unix)
        .findFirst()
        .or(() -> httpServers.stream().findFirst())
        .map(HttpServerConfig::url);
  }
}
