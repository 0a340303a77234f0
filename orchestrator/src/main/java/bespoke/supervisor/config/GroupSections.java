package bespoke.supervisor.config;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Reads all sections that make groups: group, program, fcgi-program and eventlistener.
final class GroupSections {
  private static final int BACKLOG_DEFAULT = 4096;
  private static final String DEFAULT_HANDLER = "supervisor.dispatchers:default_handler";

  private final Ini ini;
  private final Expansion expansion;
  private final Map<String, String> environment;
  private final Surroundings surroundings;
  private final List<String> warnings;
  private final List<String> problems;
  private final Map<String, GroupConfig> groups = new LinkedHashMap<>();

  /// @param environment the server's `environment=`, given to every program
  /// @param warnings receives remarks
  /// @param problems receives mistakes
  GroupSections(
      Ini ini,
      Expansion expansion,
      Map<String, String> environment,
      Surroundings surroundings,
      List<String> warnings,
      List<String> problems) {
    this.ini = ini;
    this.expansion = expansion;
    this.environment = environment;
    this.surroundings = surroundings;
    this.warnings = warnings;
    this.problems = problems;
  }

  private interface Reading {
    void read(SectionReader section, String name) throws ConfigurationException;
  }

  List<GroupConfig> read() {
    var grouped = new ArrayList<String>();
    each("group", (section, name) -> group(section, name, grouped));
    eachUngrouped(
        "program",
        grouped,
        (section, name) -> {
          ProcessSection processes = processes(section, name, false);
          add(name, processes.priority(), new GroupKind.Plain(), processes.processes());
        });
    eachUngrouped("fcgi-program", grouped, this::fcgi);
    eachUngrouped("eventlistener", grouped, this::listener);
    return List.copyOf(groups.values());
  }

  private void eachUngrouped(String kind, List<String> grouped, Reading reading) {
    each(
        kind,
        (section, name) -> {
          if (!grouped.contains(section.section())) {
            reading.read(section, name);
          }
        });
  }

  private void each(String kind, Reading reading) {
    for (String sectionName : ini.sectionNames(kind)) {
      var plain = new SectionReader(ini, sectionName, expansion);
      try {
        String name = Conversion.NAME.convert(sectionName.substring(kind.length() + 1));
        reading.read(plain, name);
      } catch (ConfigurationException e) {
        problems.addAll(plain.located(e).problems());
      }
    }
  }

  private void add(String name, int priority, GroupKind kind, List<ProcessConfig> processes)
      throws ConfigurationException {
    var names = new java.util.HashSet<String>();
    for (ProcessConfig process : processes) {
      if (!names.add(process.name())) {
        throw new ConfigurationException(
            "process name " + process.name() + " occurs twice in group " + name);
      }
    }
    groups.put(name, new GroupConfig(name, priority, kind, processes));
  }

  private ProcessSection processes(SectionReader section, String group, boolean listener)
      throws ConfigurationException {
    String program =
        Conversion.NAME.convert(section.section().substring(section.section().indexOf(':') + 1));
    Expansion names = section.expansion().with("program_name", program).with("group_name", group);
    return new ProcessSection(
        section.with(names), program, listener, environment, surroundings, warnings);
  }

  private void group(SectionReader section, String name, List<String> grouped)
      throws ConfigurationException {
    int priority = section.integer("priority", 999);
    var processes = new ArrayList<ProcessConfig>();
    for (String program : Conversion.words(section.text("programs", ""), ",")) {
      SectionReader member = member(section, program);
      grouped.add(member.section());
      try {
        processes.addAll(processes(member, name, false).processes());
      } catch (ConfigurationException e) {
        problems.addAll(member.located(e).problems());
      }
    }
    add(name, priority, new GroupKind.Plain(), processes);
  }

  private SectionReader member(SectionReader group, String program) throws ConfigurationException {
    boolean plain = ini.hasSection("program:" + program);
    boolean fcgi = ini.hasSection("fcgi-program:" + program);
    if (plain == fcgi) {
      throw new ConfigurationException(
          plain
              ? "["
                  + group.section()
                  + "] name "
                  + program
                  + " is ambiguous (exists as both"
                  + " [program:"
                  + program
                  + "] and [fcgi-program:"
                  + program
                  + "])"
              : "[" + group.section() + "] names unknown program or fcgi-program " + program);
    }
    return new SectionReader(ini, (plain ? "program:" : "fcgi-program:") + program, expansion);
  }

  private void fcgi(SectionReader section, String name) throws ConfigurationException {
    ProcessSection processes = processes(section, name, false);
    List<ProcessConfig> members = processes.processes();
    Expansion names = section.expansion().with("program_name", name);
    FcgiSocket socket = socket(section.with(names), members);
    add(name, processes.priority(), new GroupKind.Fcgi(socket), members);
  }

  private FcgiSocket socket(SectionReader section, List<ProcessConfig> members)
      throws ConfigurationException {
    SocketAddressConfig address = address(section.required("socket").strip());
    String owner = section.text("socket_owner");
    boolean unix = address instanceof SocketAddressConfig.Unix;
    if (!unix && (owner != null || section.has("socket_mode"))) {
      throw new ConfigurationException(
          "socket_owner and socket_mode params should only be used with a Unix domain socket");
    }
    int backlog = section.integer("socket_backlog", BACKLOG_DEFAULT);
    if (backlog < 1 || backlog > 65535) {
      throw new ConfigurationException("socket_backlog is " + backlog + ", not 1 to 65535");
    }
    Integer uid = null;
    Integer gid = null;
    if (owner != null) {
      uid = SocketSections.uid(owner, surroundings);
      gid = SocketSections.gid(owner, surroundings);
    } else if (!members.isEmpty()) {
      Account user = members.getFirst().context().user();
      uid = user == null ? null : user.uid();
      gid = user == null ? null : user.gid();
    }
    return new FcgiSocket(
        address, uid, gid, section.value("socket_mode", 0700, Conversion.OCTAL), backlog);
  }

  private static SocketAddressConfig address(String url) throws ConfigurationException {
    if (url.startsWith("unix:///")) {
      return new SocketAddressConfig.Unix(url.substring("unix://".length()));
    }
    if (url.startsWith("tcp://") && url.indexOf(':', 6) > 6) {
      return SocketSections.inetAddress(url.substring("tcp://".length()));
    }
    throw new ConfigurationException(
        "Bad socket format: '" + url + "' (unix:///absolute/path or tcp://host:port)");
  }

  private void listener(SectionReader section, String name) throws ConfigurationException {
    int bufferSize = section.integer("buffer_size", 10);
    if (bufferSize < 1) {
      throw new ConfigurationException("buffer_size must be at least 1");
    }
    if (!section.has("events")) {
      throw new ConfigurationException(
          "[" + section.section() + "] section requires an \"events\" line");
    }
    String resultHandler = section.text("result_handler", DEFAULT_HANDLER).strip();
    if (!resultHandler.equals(DEFAULT_HANDLER)) {
      throw new ConfigurationException(
          resultHandler
              + " cannot be resolved within ["
              + section.section()
              + "]: only "
              + DEFAULT_HANDLER
              + " is known; remove result_handler");
    }
    var pool =
        new GroupKind.Pool(
            section.value("events", Set.of(), Conversion.EVENTS),
            bufferSize,
            section.value("event_length", "bytes", GroupSections::lengthUnit).equals("characters"));
    ProcessSection processes = processes(section, name, true);
    add(name, processes.priority(), pool, processes.processes());
  }

  private static String lengthUnit(String text) throws ConfigurationException {
    if (!text.equals("bytes") && !text.equals("characters")) {
      throw new ConfigurationException("unknown unit '" + text + "' (bytes or characters)");
    }
    return text;
  }
}
