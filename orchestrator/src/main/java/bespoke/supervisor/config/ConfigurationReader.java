package bespoke.supervisor.config;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// Reads a configuration file with everything it includes.
public final class ConfigurationReader {
  private static final String OUR_FACTORY = "supervisor.rpcinterface:make_main_rpcinterface";

  private final Map<String, String> environment;
  private final String hostName;
  private final String temporaryDirectory;
  private final Surroundings surroundings;

  private ConfigurationReader(
      Map<String, String> environment,
      String hostName,
      String temporaryDirectory,
      Surroundings surroundings) {
    this.environment = Map.copyOf(environment);
    this.hostName = hostName;
    this.temporaryDirectory = temporaryDirectory;
    this.surroundings = surroundings;
  }

  /// Reads a configuration to run it here.
  ///
  /// @param environment the server's own variables
  /// @param temporaryDirectory where automatic logs go by default
  public ConfigurationReader(
      Map<String, String> environment,
      String hostName,
      String temporaryDirectory,
      Accounts accounts) {
    this(environment, hostName, temporaryDirectory, Surroundings.here(accounts));
  }

  /// Reads configurations only to know what they say: directories and accounts need not exist.
  public static ConfigurationReader ofAnyMachine(
      Map<String, String> environment, Accounts accounts) {
    return new ConfigurationReader(
        environment, hostName(), "/tmp", Surroundings.elsewhere(accounts));
  }

  /// The name of this machine.
  public static String hostName() {
    try {
      return Files.readString(Path.of("/proc/sys/kernel/hostname"), StandardCharsets.UTF_8).strip();
    } catch (IOException _) {
      return "localhost";
    }
  }

  /// Reads the whole configuration.
  ///
  /// @param commandLine values of options given on the command line, by their name in the file
  /// @throws ConfigurationException with the mistakes of all sections
  public Configuration read(Path file, Map<String, String> commandLine)
      throws ConfigurationException {
    var warnings = new ArrayList<String>();
    Expansion names =
        Expansion.empty().with("host_node_name", hostName).withEnvironment(environment);
    return read(new IniFiles(file, names, warnings).read(), file, commandLine, names, warnings);
  }

  /// Reads a text that is no file, without what it includes.
  ///
  /// @param file its name in messages; `%(here)s` is its directory
  public Configuration readText(String text, Path file) throws ConfigurationException {
    Expansion names =
        Expansion.empty().with("host_node_name", hostName).withEnvironment(environment);
    Ini ini = IniParser.parse(text, file.toString());
    ini.section("supervisord", file.toString());
    return read(ini, file, Map.of(), names, new ArrayList<>());
  }

  private Configuration read(
      Ini ini, Path file, Map<String, String> commandLine, Expansion outer, List<String> warnings)
      throws ConfigurationException {
    Expansion names = outer;
    if (!ini.hasSection("supervisord")) {
      throw new ConfigurationException(".ini file does not include supervisord section");
    }
    names = names.with("here", String.valueOf(file.toAbsolutePath().normalize().getParent()));
    var section = new SectionReader(ini, "supervisord", names);
    Map<String, String> shared = KeyValuePairs.parse(section.text("environment", ""));
    ServerConfig server =
        new ServerSection(section, commandLine, surroundings).read(shared, temporaryDirectory);
    names = names.withEnvironment(shared);
    var problems = new ArrayList<String>();
    List<HttpServerConfig> http = sockets(ini, names, problems);
    List<GroupConfig> groups =
        new GroupSections(ini, names, shared, surroundings, warnings, problems).read();
    boolean remoteInterface =
        remoteInterface(ini, surroundings.areElsewhere() ? warnings : problems);
    for (String plugin : ini.sectionNames("ctlplugin")) {
      warnings.add(
          "Section ["
              + plugin
              + "] is of no use: our supervisorctl has no plugins and refuses the file until the"
              + " section is removed");
    }
    if (!problems.isEmpty()) {
      throw new ConfigurationException(problems);
    }
    return new Configuration(file, server, http, groups, remoteInterface, warnings);
  }

  private List<HttpServerConfig> sockets(Ini ini, Expansion names, List<String> problems) {
    try {
      return new SocketSections(ini, names, surroundings).read();
    } catch (ConfigurationException e) {
      problems.addAll(e.problems());
      return List.of();
    }
  }

  /// Whether supervisord's own remote interface is asked for; no other exists.
  private static boolean remoteInterface(Ini ini, List<String> problems) {
    boolean found = false;
    for (String name : ini.sectionNames("rpcinterface")) {
      String factory =
          ini.value(name, "supervisor.rpcinterface_factory").map(Ini.Value::text).orElse("");
      if (factory.isEmpty()) {
        problems.add("section [" + name + "] does not specify a supervisor.rpcinterface_factory");
      } else if (factory.strip().equals(OUR_FACTORY)) {
        found |= name.equals("rpcinterface:supervisor");
      } else {
        problems.add(
            factory
                + " cannot be resolved within ["
                + name
                + "]: only "
                + OUR_FACTORY
                + " is known; remove the section");
      }
    }
    return found;
  }
}
