package bespoke.supervisor.config;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Reads the processes of one `[program:x]`, `[fcgi-program:x]` or `[eventlistener:x]`.
final class ProcessSection {
  private static final long LOG_BYTES = 50L << 20;
  private static final int NUMPROCS_MAX = 100_000;

  private final SectionReader section;
  private final String program;
  private final boolean listener;
  private final Map<String, String> serverEnvironment;
  private final Surroundings surroundings;
  private final List<String> warnings;

  /// @param section knows the server's names, and program_name, group_name, host_node_name
  ProcessSection(
      SectionReader section,
      String program,
      boolean listener,
      Map<String, String> serverEnvironment,
      Surroundings surroundings,
      List<String> warnings) {
    this.section = section;
    this.program = program;
    this.listener = listener;
    this.serverEnvironment = serverEnvironment;
    this.surroundings = surroundings;
    this.warnings = warnings;
  }

  int priority() throws ConfigurationException {
    return section.integer("priority", listener ? -1 : 999);
  }

  List<ProcessConfig> processes() throws ConfigurationException {
    int count = section.integer("numprocs", 1);
    int first = section.integer("numprocs_start", 0);
    String name = section.raw("process_name");
    if (count > 1 && (name == null || !name.contains("%(process_num)"))) {
      throw new ConfigurationException(
          "%(process_num) must be present within process_name when numprocs > 1");
    }
    if (count > NUMPROCS_MAX) {
      throw new ConfigurationException("numprocs is " + count + ", more than " + NUMPROCS_MAX);
    }
    if (section.raw("command") == null) {
      throw new ConfigurationException(
          "program section " + section.section() + " does not specify a command");
    }
    StartPolicy start = start();
    StopPolicy stop = stop();
    Account user = user();
    var processes = new ArrayList<ProcessConfig>();
    for (int number = first; number < first + count; number++) {
      processes.add(process(number, count, start, stop, user));
    }
    return processes;
  }

  private ProcessConfig process(
      int number, int count, StartPolicy start, StopPolicy stop, @Nullable Account user)
      throws ConfigurationException {
    Expansion names = section.expansion().with("process_num", number).with("numprocs", count);
    Map<String, String> own = KeyValuePairs.parse(section.with(names).text("environment", ""));
    SectionReader options = section.with(names.withEnvironment(own));
    boolean redirect = section.bool("redirect_stderr", false);
    StreamConfig stdout = stream(options, "stdout", listener);
    StreamConfig stderr = stream(options, "stderr", false);
    if (redirect) {
      if (listener) {
        throw new ConfigurationException("redirect_stderr cannot be true for an event listener");
      }
      if (stderr.destination() instanceof LogDestination.File) {
        warnings.add(
            "For ["
                + section.section()
                + "], redirect_stderr=true but stderr_logfile has also"
                + " been set; the latter is ignored");
      }
      stderr = StreamConfig.dropped();
    }
    return new ProcessConfig(
        program,
        Conversion.NAME.convert(options.text("process_name", program)),
        options.required("command"),
        priority(),
        redirect,
        stdout,
        stderr,
        start,
        stop,
        context(options, own, user),
        Dependencies.read(section),
        Check.Checks.read(options));
  }

  private StartPolicy start() throws ConfigurationException {
    return new StartPolicy(
        section.bool("autostart", true),
        section.value("autorestart", Autorestart.UNEXPECTED, Conversion.AUTORESTART),
        section.integer("startsecs", 1),
        section.integer("startretries", 3),
        section.value("exitcodes", List.of(0), Conversion.EXIT_CODES),
        section.integer("restart_delay", 0),
        section.integer("backoff_max", 0),
        Math.max(0, section.integer("restart_limit", 0)),
        Math.max(1, section.integer("restart_window", 600)));
  }

  private StopPolicy stop() throws ConfigurationException {
    boolean asGroup = section.bool("stopasgroup", false);
    boolean killAsGroup = section.bool("killasgroup", asGroup);
    if (asGroup && !killAsGroup) {
      throw new ConfigurationException("Cannot set stopasgroup=true and killasgroup=false");
    }
    return new StopPolicy(
        section.value("stopsignal", SignalNumber.TERM, Conversion.SIGNAL),
        section.integer("stopwaitsecs", 10),
        asGroup,
        killAsGroup);
  }

  private @Nullable Account user() throws ConfigurationException {
    String user = section.text("user");
    return user == null ? null : surroundings.user(user);
  }

  private StreamConfig stream(SectionReader options, String stream, boolean withoutCapture)
      throws ConfigurationException {
    LogDestination destination =
        options.value(
            stream + "_logfile", (LogDestination) new LogDestination.Auto(), surroundings::log);
    String raw = options.raw(stream + "_logfile");
    boolean magicSyslog = raw != null && raw.strip().equalsIgnoreCase("syslog");
    long maxBytes = options.bytes(stream + "_logfile_maxbytes", LOG_BYTES);
    if (destination instanceof LogDestination.Auto && maxBytes == 0) {
      warnings.add(
          "For ["
              + section.section()
              + "], AUTO logging used for "
              + stream
              + "_logfile without rollover, set maxbytes > 0 to avoid filling up filesystem"
              + " unintentionally");
    }
    return new StreamConfig(
        destination,
        maxBytes,
        options.integer(stream + "_logfile_backups", 10),
        withoutCapture ? 0 : options.bytes(stream + "_capture_maxbytes", 0),
        options.bool(stream + "_events_enabled", false),
        magicSyslog || options.bool(stream + "_syslog", false),
        options.value(stream + "_format", LogFormat.RAW, text -> LogFormat.parse(text)));
  }

  private ChildContext context(
      SectionReader options, Map<String, String> own, @Nullable Account user)
      throws ConfigurationException {
    var environment = new LinkedHashMap<>(serverEnvironment);
    environment.putAll(own);
    String directory = options.text("directory");
    String serverUrl = section.text("serverurl");
    return new ChildContext(
        directory == null ? null : Conversion.withHome(directory),
        section.value("umask", (@Nullable Integer) null, text -> Conversion.OCTAL.convert(text)),
        user,
        environment,
        serverUrl == null || serverUrl.strip().equalsIgnoreCase("auto") ? null : serverUrl,
        new LimitOptions(section).read());
  }
}
