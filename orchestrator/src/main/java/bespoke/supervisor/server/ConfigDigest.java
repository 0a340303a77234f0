package bespoke.supervisor.server;

import bespoke.supervisor.config.Account;
import bespoke.supervisor.config.ChildContext;
import bespoke.supervisor.config.LogDestination;
import bespoke.supervisor.config.ProcessConfig;
import bespoke.supervisor.config.StreamConfig;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;

/// A short text that differs for different configurations of a process: a checksum, since nobody
/// but the administrator chooses what it is made of.
///
/// The records' own texts would do, but a JVM makes dozens of classes for them when it starts.
final class ConfigDigest {
  private final StringBuilder text = new StringBuilder(512);

  private ConfigDigest() {}

  static String of(ProcessConfig config) {
    var digest = new ConfigDigest();
    digest.add(config);
    byte[] bytes = digest.text.toString().getBytes(StandardCharsets.UTF_8);
    var sum = new CRC32();
    sum.update(bytes);
    return Long.toHexString(sum.getValue()) + "-" + Integer.toHexString(Arrays.hashCode(bytes));
  }

  private void add(ProcessConfig config) {
    add(config.program(), config.name(), config.command());
    add(config.priority(), config.redirectStderr());
    add(config.stdout());
    add(config.stderr());
    var start = config.start();
    add(start.autostart(), start.autorestart(), start.startSeconds(), start.retries());
    add(start.exitCodes(), start.restartDelaySeconds(), start.backoffMaxSeconds());
    add(start.restartLimit(), start.restartWindowSeconds());
    var stop = config.stop();
    add(stop.signal().number(), stop.waitSeconds(), stop.asGroup(), stop.killAsGroup());
    add(config.context());
    add(config.dependencies().services(), config.dependencies().restartOn());
    var checks = config.checks();
    add(checks.readiness(), checks.readinessSeconds(), checks.health());
    add(checks.healthIntervalSeconds(), checks.healthFailures(), checks.timeoutSeconds());
  }

  private void add(StreamConfig stream) {
    LogDestination destination = stream.destination();
    add(destination instanceof LogDestination.File, destination.displayName());
    add(stream.maxBytes(), stream.backups(), stream.captureMaxBytes());
    add(stream.eventsEnabled(), stream.syslog(), stream.format());
  }

  private void add(ChildContext context) {
    Account user = context.user();
    add(context.directory(), context.umask(), context.environment(), context.serverUrl());
    add(user == null ? null : user.name() + ":" + user.uid() + ":" + user.gid());
    add(user == null ? null : user.home());
    var limits = context.limits();
    add(limits.resources(), limits.nice(), limits.oomScoreAdjust());
    add(limits.memoryMaxBytes(), limits.cpuMaxPercent(), limits.processesMax());
  }

  private void add(@Nullable Object... values) {
    for (Object value : values) {
      String part = String.valueOf(value);
      text.append(part.length()).append(value == null ? '-' : '=').append(part);
    }
  }
}
