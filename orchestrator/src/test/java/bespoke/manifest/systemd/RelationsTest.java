package bespoke.manifest.systemd;

import static org.assertj.core.api.Assertions.assertThat;

import bespoke.manifest.Fidelity;
import bespoke.manifest.Problem;
import java.util.List;
import org.junit.jupiter.api.Test;

/// What units say of each other.
final class RelationsTest {

  private static final String A = "svc:/systemd/a:default";
  private static final String B = "svc:/systemd/b:default";

  /// `a.service` with these lines in `[Unit]`, beside an empty `b.service`.
  private static Units with(String... lines) {
    String[] text = new String[lines.length + 4];
    text[0] = "[Unit]";
    text[1] = "DefaultDependencies=no";
    System.arraycopy(lines, 0, text, 2, lines.length);
    text[lines.length + 2] = "[Service]";
    text[lines.length + 3] = "ExecStart=/bin/a";
    return new Units()
        .file("a.service", text)
        .file("b.service", "[Unit]", "DefaultDependencies=no", "[Service]", "ExecStart=/bin/b");
  }

  @Test
  void theTableOfTheDocumentationHolds() {
    assertThat(with("After=b.service").dependencies(A))
        .containsExactly("after optional_all/none [" + B + "]");
    assertThat(with("Before=b.service").dependents(A))
        .containsExactly(B + ": after_a optional_all/none");
    assertThat(with("Requires=b.service").dependencies(A))
        .containsExactly("requires require_all/restart [" + B + "]");
    assertThat(with("Requires=b.service", "After=b.service").dependencies(A))
        .containsExactly("requires require_all/restart [" + B + "]");
    assertThat(with("BindsTo=b.service").dependencies(A))
        .containsExactly("requires require_all/restart [" + B + "]");
    assertThat(with("Requisite=b.service").dependencies(A))
        .containsExactly("requires require_all/restart [" + B + "]");
    assertThat(with("PartOf=b.service").dependencies(A))
        .containsExactly("part_of optional_all/restart [" + B + "]");
    assertThat(with("Conflicts=b.service").dependencies(A))
        .containsExactly("conflicts exclude_all/none [" + B + "]");
    assertThat(with("Wants=b.service").dependencies(A)).isEmpty();
    assertThat(with("OnFailure=b.service").dependencies(A)).isEmpty();
    assertThat(with("OnFailure=b.service").fidelity("OnFailure=")).isEqualTo(Fidelity.DROPPED);
    assertThat(with("PropagatesStopTo=b.service").dependents(A))
        .containsExactly(B + ": part_of_a optional_all/restart");
  }

  @Test
  void aRequirementGivesWayToTheOrder() {
    Units units = with("Requires=b.service", "Before=b.service");
    assertThat(units.dependencies(A)).isEmpty();
    assertThat(units.dependents(A)).containsExactly(B + ": after_a optional_all/none");
    assertThat(units.fidelity("Requires=")).isEqualTo(Fidelity.APPROXIMATED);
    assertThat(units.problems()).isEmpty();
  }

  @Test
  void unitsMayRequireEachOther() {
    Units units =
        new Units()
            .file("a.service", "[Unit]", "Requires=b.service", "[Service]", "ExecStart=/bin/a")
            .file("b.service", "[Unit]", "Requires=a.service", "[Service]", "ExecStart=/bin/b");
    assertThat(units.problems()).isEmpty();
    assertThat(units.dependencies(A)).anyMatch(text -> text.startsWith("requires "));
    assertThat(units.dependencies(B)).noneMatch(text -> text.startsWith("requires "));
  }

  @Test
  void aCycleOfTheOrderIsRefusedWithEveryStep() {
    List<Problem> problems =
        new Units()
            .file("a.service", "[Unit]", "After=b.service", "[Service]", "ExecStart=/bin/a")
            .file("b.service", "[Unit]", "After=c.service", "[Service]", "ExecStart=/bin/b")
            .file(
                "c.service",
                "[Unit]",
                "Before=b.service",
                "After=a.service",
                "[Service]",
                "ExecStart=/bin/c")
            .problems();
    assertThat(problems).hasSize(1);
    assertThat(problems.getFirst().toString())
        .startsWith("c.service:3:1: cannot order these units")
        .contains("a.service:2:1", "b.service:2:1");
  }

  @Test
  void systemdsTargetsAreMilestones() {
    Units units =
        new Units()
            .file(
                "web.service",
                "[Unit]",
                "After=network.target remote-fs.target data.mount",
                "[Service]",
                "ExecStart=/bin/web",
                "[Install]",
                "WantedBy=multi-user.target");
    assertThat(units.dependencies("svc:/systemd/web:default"))
        .containsExactly(
            "after optional_all/none [svc:/milestone/network:default,"
                + " svc:/milestone/single-user:default]");
    assertThat(units.dependents("svc:/systemd/web:default"))
        .containsExactly("svc:/milestone/multi-user:default: after_web optional_all/none");
    assertThat(units.note("After=").text())
        .contains("data.mount is no service", "remote-fs.target");
  }

  @Test
  void aMilestoneIsNotMadeToWaitForWhatWaitsForIt() {
    Units units =
        new Units()
            .file(
                "up.service",
                "[Unit]",
                "After=network.target",
                "Before=network-online.target",
                "[Service]",
                "ExecStart=/bin/up");
    assertThat(units.dependents("svc:/systemd/up:default")).isEmpty();
    assertThat(units.fidelity("Before=")).isEqualTo(Fidelity.DROPPED);
    assertThat(units.problems()).isEmpty();
  }

  @Test
  void theShutdownNeedsNoWords() {
    Units units = with("Conflicts=shutdown.target", "Before=shutdown.target");
    assertThat(units.dependencies(A)).isEmpty();
    assertThat(units.dependents(A)).isEmpty();
    assertThat(units.fidelity("Conflicts=")).isEqualTo(Fidelity.EXACT);
  }

  @Test
  void aTargetWaitsForWhatItWants() {
    Units units =
        new Units()
            .file("app.target", "[Unit]", "Wants=a.service")
            .file("a.service", "[Service]", "ExecStart=/bin/a")
            .file(
                "b.service", "[Service]", "ExecStart=/bin/b", "[Install]", "RequiredBy=app.target");
    assertThat(units.dependencies("svc:/systemd/target/app:default"))
        .containsExactly("after optional_all/none [" + A + "]");
    assertThat(units.dependents(B))
        .containsExactly("svc:/systemd/target/app:default: requires_b require_all/restart");
    assertThat(units.definition("svc:/systemd/target/app:default").startd().duration().toString())
        .isEqualTo("transient");
  }

  @Test
  void whatABootWouldStartIsEnabled() {
    Units units =
        new Units()
            .link(
                "/etc/systemd/system/multi-user.target.wants/a.service",
                "/lib/systemd/system/a.service",
                "[Unit]",
                "Wants=b.service",
                "[Service]",
                "ExecStart=/bin/a")
            .file("/lib/systemd/system/b.service", "[Service]", "ExecStart=/bin/b")
            .file("/lib/systemd/system/c.service", "[Service]", "ExecStart=/bin/c");
    assertThat(units.instances()).hasSize(3);
    assertThat(units.enabled()).containsExactlyInAnyOrder(A, B);
    assertThat(units.dependents(A))
        .containsExactly("svc:/milestone/multi-user:default: after_a optional_all/none");
  }

  @Test
  void partsOfSystemdAreNotEnabled() {
    Units units =
        new Units()
            .link(
                "/etc/systemd/system/multi-user.target.wants/x.service",
                "/lib/systemd/system/x.service",
                "[Service]",
                "ExecStart=/lib/systemd/systemd-x");
    assertThat(units.instances()).hasSize(1);
    assertThat(units.enabled()).isEmpty();
    assertThat(units.notes())
        .anyMatch(note -> note.text().equals("not enabled: it is a part of systemd"));
  }
}
