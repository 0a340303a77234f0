package bespoke.manifest.systemd;

import static org.assertj.core.api.Assertions.assertThat;

import bespoke.manifest.Fidelity;
import bespoke.model.MethodKind;
import bespoke.model.Property;
import bespoke.model.PropertyGroups;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Timers, sockets and paths: what they start, and when.
final class TriggerTest {

  private static List<String> values(PropertyGroups groups, String group, String property) {
    return groups.property(group, property).map(Property::values).orElse(List.of());
  }

  private static PropertyGroups groups(Units units, String fmri) {
    return units.instance(fmri).groups();
  }

  private static Units timer(String... lines) {
    String[] text = new String[lines.length + 1];
    text[0] = "[Timer]";
    System.arraycopy(lines, 0, text, 1, lines.length);
    return new Units()
        .file("job.timer", text)
        .file("job.service", "[Service]", "Type=oneshot", "ExecStart=/bin/job", "User=nobody");
  }

  @Test
  void aTimerRunsTheStartMethodOfItsService() {
    Units units =
        timer(
            "OnCalendar=Mon..Fri 02:00",
            "OnCalendar=daily",
            "Persistent=yes",
            "RandomizedDelaySec=90.5");
    PropertyGroups groups = groups(units, "svc:/systemd/timer/job:default");
    assertThat(groups.single("general", "restarter")).contains(Delegated.PERIODIC_RESTARTER);
    assertThat(values(groups, "scheduled", "calendar")).containsExactly("Mon..Fri 02:00", "daily");
    assertThat(groups.single("scheduled", "persistent")).contains("true");
    assertThat(groups.single("scheduled", "jitter_seconds")).contains("91");
    assertThat(groups.single("start", "exec")).contains("/bin/job");
    assertThat(groups.single("method_context", "user")).contains("nobody");
  }

  @Test
  void aPeriodBeginsAfterADelay() {
    PropertyGroups groups =
        groups(timer("OnBootSec=15min", "OnUnitActiveSec=1d"), "svc:/systemd/timer/job:default");
    assertThat(groups.single("periodic", "period_seconds")).contains("86400");
    assertThat(groups.single("periodic", "delay_seconds")).contains("900");
  }

  @Test
  void aTimerWithoutATimeIsNothing() {
    Units units = timer("Persistent=yes");
    assertThat(units.instances()).containsExactly("svc:/systemd/job:default");
    assertThat(units.fidelity("unit")).isEqualTo(Fidelity.DROPPED);
  }

  @Test
  void aSocketHasTheMethodsOfItsService() {
    Units units =
        new Units()
            .link(
                "/etc/systemd/system/sockets.target.wants/web.socket",
                "/lib/systemd/system/web.socket",
                "[Socket]",
                "ListenStream=80",
                "ListenStream=127.0.0.1:81",
                "ListenStream=/run/web.sock",
                "ListenDatagram=[::1]:53",
                "ListenFIFO=/run/x",
                "ListenDatagram=/run/log",
                "ListenSequentialPacket=@packets",
                "ListenNetlink=audit",
                "RemoveOnStop=yes",
                "SocketMode=0660",
                "Backlog=64",
                "FileDescriptorName=web",
                "NoDelay=yes")
            .link(
                "/etc/systemd/system/multi-user.target.wants/web.service",
                "/lib/systemd/system/web.service",
                "[Service]",
                "ExecStartPre=/bin/true",
                "ExecStart=/bin/web",
                "Restart=always")
            .file(
                "app.service", "[Unit]", "Requires=web.service", "[Service]", "ExecStart=/bin/app");
    PropertyGroups groups = groups(units, "svc:/systemd/socket/web:default");
    assertThat(groups.single("general", "restarter")).contains(Delegated.INETD);
    assertThat(values(groups, "inetd", "listen"))
        .containsExactly(
            "tcp://*:80",
            "tcp://127.0.0.1:81",
            "unix:/run/web.sock",
            "udp://[::1]:53",
            "fifo:/run/x",
            "unix-dgram:/run/log",
            "unix-seqpacket:@packets");
    assertThat(units.fidelity("ListenNetlink=")).isEqualTo(Fidelity.DROPPED);
    assertThat(groups.single("inetd", "socket_mode")).contains("0660");
    assertThat(groups.single("inetd", "backlog")).contains("64");
    assertThat(groups.single("start", "exec"))
        .as("descriptor 3 is the socket, so nobody tells readiness on it")
        .contains("/bin/true || exit\nexec /bin/web");
    assertThat(units.enabled()).containsExactly("svc:/systemd/socket/web:default");
    assertThat(units.dependencies("svc:/systemd/app:default"))
        .as("the socket stands for the service")
        .contains("requires require_all/restart [svc:/systemd/socket/web:default]");
  }

  @Test
  void aSocketThatAcceptsStartsTheTemplate() {
    Units units =
        new Units()
            .file("echo.socket", "[Socket]", "ListenStream=7", "Accept=yes", "MaxConnections=5")
            .file("echo@.service", "[Service]", "ExecStart=-/bin/cat", "StandardInput=socket");
    PropertyGroups groups = groups(units, "svc:/systemd/socket/echo:default");
    assertThat(groups.single("inetd", "accept")).contains("true");
    assertThat(groups.single("inetd", "handover")).contains("stdio");
    assertThat(groups.single("inetd", "max_copies")).contains("5");
    assertThat(groups.single("start", "exec")).contains("/bin/cat");
  }

  @Test
  void aPathStartsItsServiceWhenTheFileIsThere() {
    Units units =
        new Units()
            .file("spool.path", "[Path]", "PathExists=/var/spool/go")
            .file("watch.path", "[Path]", "PathChanged=/etc/x", "Unit=spool.service")
            .file("spool.service", "[Service]", "Type=oneshot", "ExecStart=/bin/spool");
    assertThat(units.dependencies("svc:/systemd/path/spool:default"))
        .contains("path_exists require_any/none [file://localhost/var/spool/go]");
    assertThat(units.dependencies("svc:/systemd/path/watch:default"))
        .contains("path_changes optional_all/refresh [file://localhost/etc/x]");
    var watch = units.definition("svc:/systemd/path/watch:default");
    assertThat(watch.method(MethodKind.START).orElseThrow().exec()).contains(":true");
    assertThat(watch.method(MethodKind.REFRESH).orElseThrow().exec()).contains("/bin/spool");
  }
}
