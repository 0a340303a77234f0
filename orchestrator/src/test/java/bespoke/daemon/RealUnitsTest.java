package bespoke.daemon;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// systemd's units in a manifest directory, run by a real daemon.
class RealUnitsTest {

  @TempDir Path directory;

  /// A unit; `DIR` in it is the directory of the test.
  private void unit(String name, String text) throws IOException {
    Path file = directory.resolve("m").resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text.replace("DIR", directory.toString()));
  }

  /// A unit that a boot starts.
  private void enabled(String name, String text) throws IOException {
    unit(name, text);
    Path links = Files.createDirectories(directory.resolve("m/multi-user.target.wants"));
    Files.createSymbolicLink(links.resolve(name), Path.of("../" + name));
  }

  private String content(String name) {
    try {
      return Files.readString(directory.resolve(name));
    } catch (IOException _) {
      return "";
    }
  }

  private interface Condition {
    boolean holds() throws IOException;
  }

  private static void until(Condition condition) throws IOException {
    long end = System.nanoTime() + Duration.ofSeconds(90).toNanos();
    while (!condition.holds()) {
      assertThat(System.nanoTime()).as("patience").isLessThan(end);
      LockSupport.parkNanos(10_000_000);
    }
  }

  private static String state(DaemonProcess daemon, String unit) {
    try {
      return daemon.instance("svc:/systemd/" + unit + ":default").state();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void unitsRunAsUnderSystemd() throws IOException {
    Files.writeString(directory.resolve("env"), "WORDS = two  words \nQUOTED=\"a b\"\n");
    enabled(
        "first.service",
        """
        [Service]
        Type=oneshot
        RemainAfterExit=yes
        EnvironmentFile=DIR/env
        EnvironmentFile=-DIR/none
        ExecStart=/bin/sh -c 'echo "$#:$1:$2:${QUOTED}" >>DIR/order' sh $WORDS
        """);
    enabled(
        "main.service",
        """
        [Unit]
        Requires=first.service
        After=first.service
        [Service]
        ExecStartPre=/bin/sh -c 'echo pre >>DIR/order'
        ExecStart=/bin/sh -c 'trap "echo reloaded >>DIR/order" HUP; echo main >>DIR/order; while :; do sleep 0.1; done'
        ExecReload=/bin/sh -c 'kill -HUP ${MAINPID}'
        ExecStopPost=/bin/sh -c 'echo post >>DIR/order'
        """);
    enabled("done.service", "[Service]\nRestart=on-failure\nExecStart=/bin/sh -c 'exit 0'\n");
    enabled("failed.service", "[Service]\nExecStart=/bin/sh -c 'exit 3'\n");
    enabled(
        "skipped.service",
        "[Unit]\nConditionPathIsDirectory=DIR/none\n[Service]\nExecStart=/bin/sleep 1000\n");
    unit("idle.service", "[Service]\nExecStart=/bin/sleep 1000\n");
    try (DaemonProcess daemon =
        DaemonProcess.start(directory.resolve("r"), directory.resolve("m"))) {
      daemon.awaitSettled();
      until(() -> state(daemon, "main").equals("online"));
      until(() -> content("order").endsWith("main\n"));
      assertThat(content("order")).isEqualTo("2:two:words:a b\npre\nmain\n");
      until(() -> state(daemon, "done").equals("disabled"));
      until(() -> state(daemon, "failed").equals("maintenance"));
      until(() -> state(daemon, "skipped").equals("disabled"));
      assertThat(state(daemon, "idle")).isEqualTo("disabled");
      assertThat(daemon.act("refresh", "svc:/systemd/main:default")).contains("\"outcome\"");
      until(() -> content("order").endsWith("reloaded\n"));
      assertThat(daemon.act("disable", "svc:/systemd/main:default")).contains("\"outcome\"");
      until(() -> state(daemon, "main").equals("disabled"));
      assertThat(content("order")).endsWith("post\n");
    }
  }
}
