package bespoke.supervisor.config;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Reads the `[unix_http_server]` and `[inet_http_server]` sections, also those with `:name`.
final class SocketSections {
  private final Ini ini;
  private final Expansion expansion;
  private final Surroundings surroundings;

  SocketSections(Ini ini, Expansion expansion, Surroundings surroundings) {
    this.ini = ini;
    this.expansion = expansion;
    this.surroundings = surroundings;
  }

  List<HttpServerConfig> read() throws ConfigurationException {
    var servers = new ArrayList<HttpServerConfig>();
    for (String name : ini.sectionNames()) {
      var section = new SectionReader(ini, name, expansion);
      if (name.equals("inet_http_server") || name.startsWith("inet_http_server:")) {
        servers.add(inet(section));
      } else if (name.equals("unix_http_server") || name.startsWith("unix_http_server:")) {
        servers.add(unix(section));
      }
    }
    return servers;
  }

  private HttpServerConfig inet(SectionReader section) throws ConfigurationException {
    var address = inetAddress(section.required("port"));
    return withCredentials(section, address, 0, null, null);
  }

  private HttpServerConfig unix(SectionReader section) throws ConfigurationException {
    String file = surroundings.file(section.required("file"));
    int mode = section.value("chmod", 0700, Conversion.OCTAL);
    String owner = section.text("chown");
    Integer uid = null;
    Integer gid = null;
    if (owner != null) {
      uid = uid(owner, surroundings);
      gid = gid(owner, surroundings);
    }
    return withCredentials(section, new SocketAddressConfig.Unix(file), mode, uid, gid);
  }

  private static HttpServerConfig withCredentials(
      SectionReader section,
      SocketAddressConfig address,
      int mode,
      @Nullable Integer uid,
      @Nullable Integer gid)
      throws ConfigurationException {
    String username = section.text("username");
    String password = section.text("password");
    if ((username == null) != (password == null)) {
      throw new ConfigurationException(
          "Section ["
              + section.section()
              + "] contains incomplete authentication: If a username"
              + " or a password is specified, both the username and password must be specified");
    }
    return new HttpServerConfig(section.section(), address, mode, uid, gid, username, password);
  }

  /// `port`, `:port`, `*:port` or `host:port`.
  static SocketAddressConfig.Inet inetAddress(String text) throws ConfigurationException {
    String address = text.strip();
    int colon = address.lastIndexOf(':');
    String host = colon < 0 ? "" : address.substring(0, colon);
    String port = address.substring(colon + 1);
    if (!port.matches("\\d{1,5}") || Integer.parseInt(port) < 1 || Integer.parseInt(port) > 65535) {
      throw new ConfigurationException("not a valid port number: '" + text + "'");
    }
    return new SocketAddressConfig.Inet(host.equals("*") ? "" : host, Integer.parseInt(port));
  }

  /// The user's number of `user` or `user:group`.
  static Integer uid(String owner, Surroundings surroundings) throws ConfigurationException {
    return surroundings.user(owner.split(":", 2)[0]).uid();
  }

  /// The group's number of `user:group`; null without a group.
  static @Nullable Integer gid(String owner, Surroundings surroundings)
      throws ConfigurationException {
    String[] parts = owner.split(":", 2);
    return parts.length < 2 ? null : surroundings.group(parts[1]);
  }
}
