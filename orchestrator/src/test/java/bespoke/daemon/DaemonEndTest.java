package bespoke.daemon;

import static org.assertj.core.api.Assertions.assertThat;

import bespoke.api.InstanceRequest;
import bespoke.api.Request;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The end of a daemon, and the end that does not come.
class DaemonEndTest {
  private static final String OK = "{\"outcome\":{}}";

  @TempDir Path directory;

  @Test
  void aShutdownWithNothingToStopIsAnsweredBeforeTheDaemonEnds() throws Exception {
    Path manifests = Files.createDirectory(directory.resolve("m"));
    try (DaemonProcess daemon = DaemonProcess.start(directory.resolve("r"), manifests)) {
      daemon.awaitSettled();
      assertThat(daemon.ask(new Request.Shutdown())).containsExactly(OK);
      assertThat(daemon.awaitExit()).isZero();
    }
  }

  @Test
  void aNextDaemonThatCannotBeExecutedLeavesTheOneThatRuns() throws Exception {
    Path manifests = Files.createDirectory(directory.resolve("m"));
    Path bin = Files.createDirectories(directory.resolve("home/bin"));
    Path launcher = Files.writeString(bin.resolve("svc.startd"), "#!/no/such/shell\n");
    Files.setPosixFilePermissions(launcher, PosixFilePermissions.fromString("rwxr-xr-x"));
    Files.writeString(
        manifests.resolve("a.yaml"),
        """
        service: site/a
        enabled: true
        methods: {start: {exec: sleep 1000}}
        startd: {duration: child}
        """);
    try (DaemonProcess daemon =
        DaemonProcess.startOf(directory.resolve("home"), directory.resolve("r"), manifests)) {
      daemon.awaitSettled();
      List<?> before = daemon.instance("a").detail().processes();
      assertThat(
              daemon
                  .ask(
                      new InstanceRequest.Act(
                          "restart",
                          List.of("svc:/system/svc/restarter:default"),
                          "",
                          false,
                          false,
                          false,
                          false,
                          false,
                          false,
                          ""))
                  .getLast())
          .isEqualTo(OK);
      assertThat(daemon.awaitLine(line -> line.contains("goes on")))
          .contains("cannot execute " + launcher, "the version that ran goes on");
      daemon.awaitSettled();
      assertThat(daemon.instance("a").detail().processes()).isEqualTo(before).isNotEmpty();
    }
  }
}
