package bespoke.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Without any rights: another JVM that runs as `nobody`.
class UnprivilegedTest {
  @TempDir Path directory = Path.of("/nonexistent");

  @Test
  void anOrdinaryUserGetsTrackingAndClearRefusals() throws Exception {
    assumeTrue(OurIdentity.uid() == 0, "needs root, to become nobody");
    assumeTrue(Files.isExecutable(Path.of("/usr/bin/setpriv")), "needs setpriv");
    Process walk =
        SeparateJvm.start(
            List.of("/usr/bin/setpriv", "--reuid=65534", "--regid=65534", "--clear-groups", "--"),
            UnprivilegedWalk.class,
            directory.toString());
    String output = new String(walk.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    boolean isReadable = !output.contains("Could not find or load main class");
    assumeTrue(isReadable, "nobody cannot read our classes");
    assertThat(walk.waitFor()).as(output).isZero();
    assertThat(output.lines())
        .containsExactly(
            "TRACKING",
            "Exited[status=4]",
            "Failed[failure=LaunchFailure[kind=CONTEXT, reason=cannot become user 0, group 0: only"
                + " root can; run as root, or leave user and group out]]",
            "Exited[status=0]",
            "Failed[failure=LaunchFailure[kind=CONTEXT, reason=cannot set nice -5: Permission"
                + " denied]]",
            "[]",
            "Optional[true]");
  }
}
