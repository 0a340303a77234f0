package bespoke.supervisor.rpc;

import bespoke.supervisor.config.Account;
import bespoke.supervisor.config.GroupConfig;
import bespoke.supervisor.config.ProcessConfig;
import bespoke.supervisor.config.StreamConfig;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/// The struct that tells clients what the file says about one process.
final class ConfigDescription {
  private ConfigDescription() {}

  static Map<String, Object> of(GroupConfig group, ProcessConfig process, boolean inUse) {
    var config = new LinkedHashMap<String, Object>();
    Account user = process.context().user();
    config.put("autostart", process.start().autostart());
    config.put("autorestart", autorestart(process));
    config.put("command", process.command());
    config.put("directory", Objects.requireNonNullElse(process.context().directory(), "none"));
    config.put("exitcodes", process.start().exitCodes());
    config.put("group", group.name());
    config.put("group_prio", group.priority());
    config.put("inuse", inUse);
    config.put("killasgroup", process.stop().killAsGroup());
    config.put("name", process.name());
    config.put("process_prio", process.priority());
    config.put("redirect_stderr", process.redirectStderr());
    config.put("serverurl", Objects.requireNonNullElse(process.context().serverUrl(), "none"));
    config.put("startretries", process.start().retries());
    config.put("startsecs", process.start().startSeconds());
    config.put("stopsignal", process.stop().signal().number());
    config.put("stopwaitsecs", process.stop().waitSeconds());
    config.put("uid", user == null ? "none" : (Object) user.uid());
    stream(config, "stdout", process.stdout());
    stream(config, "stderr", process.stderr());
    return config;
  }

  /// The words of the file: true, false or unexpected.
  private static Object autorestart(ProcessConfig process) {
    return switch (process.start().autorestart()) {
      case ALWAYS -> true;
      case NEVER -> false;
      case UNEXPECTED -> "unexpected";
    };
  }

  private static void stream(Map<String, Object> config, String name, StreamConfig stream) {
    config.put(name + "_capture_maxbytes", stream.captureMaxBytes());
    config.put(name + "_events_enabled", stream.eventsEnabled());
    config.put(name + "_logfile", stream.destination().displayName());
    config.put(name + "_logfile_backups", stream.backups());
    config.put(name + "_logfile_maxbytes", stream.maxBytes());
    config.put(name + "_syslog", stream.syslog());
  }
}
