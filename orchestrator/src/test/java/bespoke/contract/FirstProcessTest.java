package bespoke.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import bespoke.contract.ContractsOpening.Choice;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Being process 1, in a pid namespace of its own.
class FirstProcessTest {
  @TempDir Path directory = Path.of("/nonexistent");

  @ParameterizedTest
  @EnumSource(
      value = Choice.class,
      names = {"CGROUP", "TRACKING"})
  void asProcessOneNothingIsLeftUnreapedAndNoStatusIsStolen(Choice choice) throws Exception {
    assumeTrue(OurIdentity.uid() == 0, "needs root");
    assumeTrue(Files.isExecutable(Path.of("/usr/bin/unshare")), "needs unshare");
    if (choice == Choice.CGROUP) {
      assumeTrue(!CgroupMount.writable().isEmpty(), "no writable cgroup2");
    }
    Process first =
        SeparateJvm.start(
            List.of("/usr/bin/unshare", "--pid", "--fork", "--mount-proc"),
            FirstProcess.class,
            directory.toString(),
            choice.name());
    String output = new String(first.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(first.waitFor()).as(output).isZero();
    assertThat(output.strip()).isEqualTo("pid 1, started 500, wrong 0, zombies 0, children 0");
  }
}
