package bespoke.manifest.systemd;

import static org.assertj.core.api.Assertions.assertThat;

import bespoke.manifest.Fidelity;
import bespoke.manifest.SourceFile;
import bespoke.model.MethodKind;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/// Files that make units: drop-ins, aliases, masks, templates, names.
final class UnitSetTest {

  @Test
  void dropInsApplyInTheOrderOfTheirNames() {
    Units units =
        new Units()
            .file("/lib/systemd/system/web.service", "[Service]", "ExecStart=/bin/web", "Nice=1")
            .file("/etc/systemd/system/web.service.d/20.conf", "[Service]", "Nice=3")
            .file(
                "/etc/systemd/system/web.service.d/10.conf",
                "[Service]",
                "Nice=2",
                "ExecStart=",
                "ExecStart=/bin/web2")
            .file("/etc/systemd/system/service.d/30.conf", "[Service]", "UMask=077")
            .file("/etc/systemd/system/gone.service.d/x.conf", "[Service]", "Nice=9");
    assertThat(units.start()).isEqualTo("/bin/web2");
    assertThat(units.web().method(MethodKind.START).orElseThrow().context().nice()).hasValue(3);
    assertThat(units.web().method(MethodKind.START).orElseThrow().context().umask())
        .contains("077");
    assertThat(units.notes())
        .anyMatch(note ->
            note.fidelity() == Fidelity.DROPPED
                && note.text().equals("gone.service is not among the files"));
  }

  @Test
  void theDirectoryOfTheAdministratorWins() {
    Units units =
        new Units()
            .file("/lib/systemd/system/web.service", "[Service]", "ExecStart=/bin/web")
            .file("/etc/systemd/system/web.service", "[Service]", "ExecStart=/bin/mine");
    assertThat(units.start()).isEqualTo("/bin/mine");
    assertThat(units.instances()).hasSize(1);
    assertThat(units.note("unit file").file()).isEqualTo("/lib/systemd/system/web.service");
  }

  @Test
  void aMaskedUnitIsNotImported() {
    Units units =
        new Units()
            .file("/lib/systemd/system/web.service", "[Service]", "ExecStart=/bin/web")
            .link("/etc/systemd/system/web.service", "/dev/null")
            .file(
                "/lib/systemd/system/app.service",
                "[Unit]",
                "Requires=web.service",
                "[Service]",
                "ExecStart=/bin/app");
    assertThat(units.instances()).containsExactly("svc:/systemd/app:default");
    assertThat(units.note("Requires=").text()).isEqualTo("web.service is masked");
  }

  @Test
  void anAliasMeansItsUnit() {
    Units units =
        new Units()
            .file(
                "web.service", "[Service]", "ExecStart=/bin/web", "[Install]", "Alias=www.service")
            .link("httpd.service", "web.service")
            .file(
                "app.service",
                "[Unit]",
                "After=www.service",
                "Requires=httpd.service",
                "[Service]",
                "ExecStart=/bin/app");
    assertThat(units.instances())
        .containsExactlyInAnyOrder("svc:/systemd/app:default", "svc:/systemd/web:default");
    assertThat(units.dependencies("svc:/systemd/app:default"))
        .contains("requires require_all/restart [svc:/systemd/web:default]");
  }

  @Test
  void aTemplateHasTheInstancesThatAreAskedFor() {
    Units units =
        new Units()
            .file(
                "/lib/systemd/system/getty@.service",
                "[Unit]",
                "Description=Getty on %I",
                "[Service]",
                "ExecStart=/sbin/agetty %i /run/%p/%I",
                "[Install]",
                "DefaultInstance=tty1")
            .link(
                "/etc/systemd/system/getty.target.wants/getty@dev-tty2.service",
                "/lib/systemd/system/getty@.service")
            .file(
                "app.service",
                "[Unit]",
                "Wants=getty@x.y.service",
                "[Service]",
                "ExecStart=/bin/app");
    assertThat(units.instances())
        .contains(
            "svc:/systemd/getty:tty1", "svc:/systemd/getty:dev-tty2", "svc:/systemd/getty:x.y");
    assertThat(
            units
                .definition("svc:/systemd/getty:dev-tty2")
                .method(MethodKind.START)
                .orElseThrow()
                .exec())
        .contains("/sbin/agetty dev-tty2 /run/getty/dev/tty2");
    assertThat(units.definition("svc:/systemd/getty:dev-tty2").template().commonName())
        .contains("Getty on dev/tty2");
  }

  @Test
  void aTemplateThatNobodyAsksForSaysSo() {
    Units units = new Units().file("job@.service", "[Service]", "ExecStart=/bin/job");
    assertThat(units.instances()).isEmpty();
    assertThat(units.note("template").fidelity()).isEqualTo(Fidelity.APPROXIMATED);
  }

  @Test
  void aTemplateThatAsksForItselfWithoutEndIsStopped() {
    Units units =
        new Units()
            .file("a@.service", "[Unit]", "Wants=a@x%i.service", "[Service]", "ExecStart=/bin/a")
            .file("b.service", "[Unit]", "Wants=a@x.service", "[Service]", "ExecStart=/bin/b");
    assertThat(units.instances()).hasSizeLessThan(UnitSet.UNITS_MAX);
  }

  @Test
  void namesBecomeThoseOfSmf() {
    Units units =
        new Units()
            .file("org.example.Web.service", "[Service]", "ExecStart=/bin/a")
            .file("90-job.timer", "[Timer]", "OnCalendar=daily", "Unit=org.example.Web.service")
            .file("a.target", "[Unit]", "Description=a");
    assertThat(units.instances())
        .containsExactlyInAnyOrder(
            "svc:/systemd/org_example_Web:default",
            "svc:/systemd/timer/unit-90-job:default",
            "svc:/systemd/target/a:default");
  }

  @Test
  void continuationLinesAndCommentsAreSystemds() {
    Units units =
        new Units()
            .file(
                "web.service",
                "# a remark",
                "[Service]",
                "ExecStart=/bin/web \\",
                "# between",
                "; and this",
                "  --port 80 \\",
                "  --verbose",
                "Nonsense",
                "[X-Mine]",
                "Anything=goes");
    assertThat(units.start()).isEqualTo("/bin/web --port 80 --verbose");
    assertThat(units.fidelity("Nonsense")).isEqualTo(Fidelity.DROPPED);
    assertThat(units.fidelity("Anything=")).isEqualTo(Fidelity.EXACT);
  }

  @Test
  void otherFormatsAreLeftToOthers() {
    SystemdReader reader = new SystemdReader();
    assertThat(reader.recognizes(source("/usr/share/dbus-1/services/x.service", "[D-BUS Service]")))
        .isFalse();
    assertThat(reader.recognizes(source("http.service", "<?xml version=\"1.0\"?>"))).isFalse();
    assertThat(reader.recognizes(source("supervisord.conf", "[supervisord]"))).isFalse();
    assertThat(reader.recognizes(source("conf.d/x.conf", "[Service]"))).isFalse();
    assertThat(reader.recognizes(source("web.service", "# web\n\n[Unit]"))).isTrue();
    assertThat(reader.recognizes(source("web.service.d/x.conf", "[Service]"))).isTrue();
  }

  private static SourceFile source(String name, String text) {
    return new SourceFile(name, text.getBytes(StandardCharsets.UTF_8));
  }
}
