package bespoke.manifest.systemd;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MachineConditionsTest {

  private static int status(String command) throws Exception {
    return new ProcessBuilder("/bin/sh", "-c", command)
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
        .start()
        .waitFor();
  }

  @ParameterizedTest
  @CsvSource({
    "Virtualization,container,Virtualization,no",
    "ACPower,true,ACPower,false",
    "FirstBoot,yes,FirstBoot,no"
  })
  void aConditionAndItsOppositeNeverHoldTogether(
      String kind, String value, String other, String opposite) throws Exception {
    String one = Objects.requireNonNull(MachineConditions.command(kind, value));
    String two = Objects.requireNonNull(MachineConditions.command(other, opposite));
    assertThat(status(one)).isIn(0, 1);
    assertThat(status(two)).isIn(0, 1);
    assertThat(status(one) == 0 && status(two) == 0).isFalse();
    assertThat(status("! " + one)).isEqualTo(1 - status(one));
  }

  @Test
  void everyCommandIsOneOfTheShell() throws Exception {
    for (String command :
        Stream.of(
                MachineConditions.command("Virtualization", "vm"),
                MachineConditions.command("Virtualization", "yes"),
                MachineConditions.command("Virtualization", "private-users"),
                MachineConditions.command("Capability", "CAP_CHOWN"),
                MachineConditions.command("Capability", "CAP_CHECKPOINT_RESTORE"),
                MachineConditions.command("Security", "apparmor"),
                MachineConditions.command("Security", "tpm2"))
            .toList()) {
      assertThat(status(Objects.requireNonNull(command))).as(command).isIn(0, 1, 2);
    }
    assertThat(status(Objects.requireNonNull(MachineConditions.command("CPUs", ">=1")))).isZero();
    assertThat(status(Objects.requireNonNull(MachineConditions.command("CPUs", "9999")))).isOne();
  }

  @Test
  void whatCannotBeAskedHasNoCommand() {
    assertThat(MachineConditions.command("Virtualization", "vmware")).isNull();
    assertThat(MachineConditions.command("Capability", "CAP_MAGIC")).isNull();
    assertThat(MachineConditions.command("CPUs", "$(reboot)")).isNull();
    assertThat(MachineConditions.command("Credential", "x")).isNull();
  }
}
