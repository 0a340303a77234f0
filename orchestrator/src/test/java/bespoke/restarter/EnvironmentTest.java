package bespoke.restarter;

import static org.assertj.core.api.Assertions.assertThat;

import bespoke.model.InstanceDefinition;
import bespoke.model.InstanceFmri;
import java.util.List;
import org.junit.jupiter.api.Test;

class EnvironmentTest {

  private static Environment of(String... context) {
    return Environment.of(
        InstanceFmri.parse("t/a"),
        "start",
        InstanceDefinition.MASTER_RESTARTER,
        List.of("LANG=C.UTF-8"),
        List.of(context));
  }

  @Test
  void aMethodGetsTheFourVariablesAPathAndTheBaseAndNothingElse() {
    assertThat(of().entries())
        .containsExactly(
            "SMF_FMRI=svc:/t/a:default",
            "SMF_METHOD=start",
            "SMF_RESTARTER=svc:/system/svc/restarter:default",
            "SMF_ZONENAME=global",
            "PATH=/usr/sbin:/usr/bin",
            "LANG=C.UTF-8");
    assertThat(of().complaints()).isEmpty();
  }

  @Test
  void invalidEntriesAreIgnoredWithALine() {
    Environment environment = of("SMF_X=1", "NOEQ", "=x", "OK=a=b");
    assertThat(environment.variables()).containsEntry("OK", "a=b").doesNotContainKey("SMF_X");
    assertThat(environment.complaints())
        .containsExactly(
            "Invalid environment variable \"SMF_X=1\"; \"SMF_\" prefix is reserved.",
            "Invalid environment variable \"NOEQ\".",
            "Invalid environment variable \"=x\".");
  }

  @Test
  void aLaterEntryReplacesAnEarlierOneWithALine() {
    Environment environment = of("LANG=de", "A=1", "A=2");
    assertThat(environment.variables()).containsEntry("LANG", "de").containsEntry("A", "2");
    assertThat(environment.complaints())
        .containsExactly(
            "Ignoring duplicate environment variable \"LANG=C.UTF-8\".",
            "Ignoring duplicate environment variable \"A=1\".");
  }

  @Test
  void thePathIsReplacedSilentlyOnce() {
    assertThat(of("PATH=/opt/bin").variables()).containsEntry("PATH", "/opt/bin");
    assertThat(of("PATH=/opt/bin").complaints()).isEmpty();
    assertThat(of("PATH=/a", "PATH=/b").complaints())
        .containsExactly("Ignoring duplicate environment variable \"PATH=/a\".");
  }
}
