package bespoke.manifest.systemd;

import static org.assertj.core.api.Assertions.assertThat;

import bespoke.manifest.Fidelity;
import bespoke.model.ExitStatuses;
import bespoke.model.MethodContext;
import bespoke.model.MethodKind;
import bespoke.model.Readiness;
import bespoke.model.StartdOptions.Restart;
import bespoke.model.StartdOptions.Style;
import java.time.Duration;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import org.junit.jupiter.api.Test;

/// Methods, context, resources and restart of a `.service`.
final class ServiceMappingTest {

  @Test
  void theTypeSaysWhatTheServiceConsistsOf() {
    assertThat(Units.service("ExecStart=/bin/web").web().startd().duration())
        .isEqualTo(Style.CHILD);
    assertThat(Units.service("Type=forking", "ExecStart=/bin/web").web().startd().duration())
        .isEqualTo(Style.CONTRACT);
    assertThat(Units.service("Type=oneshot", "ExecStart=/bin/web").web().startd().duration())
        .isEqualTo(Style.TRANSIENT);
    Readiness readiness =
        Units.service("Type=notify", "ExecStart=/bin/web", "TimeoutStartSec=2min")
            .web()
            .readiness();
    assertThat(readiness.kind()).isEqualTo(Readiness.Kind.SD_NOTIFY);
    assertThat(readiness.timeout()).contains(Duration.ofMinutes(2));
  }

  @Test
  void aPlainCommandStaysACommand() {
    Units units = Units.service("ExecStart=/bin/web --port 80 'two words' \"a\\tb\" 100%%");
    assertThat(units.start()).isEqualTo("/bin/web --port 80 'two words' 'a\tb' '100%%'");
    assertThat(units.fidelity("ExecStart=")).isEqualTo(Fidelity.EXACT);
  }

  @Test
  void variablesAreTheShellsWithSystemdsSplitting() {
    assertThat(Units.service("ExecStart=/bin/web $OPTS --name=${NAME} $$HOME x$Y").start())
        .isEqualTo("set -f\nexec /bin/web $OPTS \"--name=${NAME}\" '$HOME' 'x$Y'");
    assertThat(Units.service("ExecStart=:/bin/web $OPTS ${NAME}").start())
        .isEqualTo("/bin/web '$OPTS' '${NAME}'");
  }

  @Test
  void whatTheShellWouldRunIsQuoted() {
    assertThat(Units.service("ExecStart=/bin/sh -c \"echo `id` $(id); x=${V}\"").start())
        .isEqualTo("/bin/sh -c \"echo \\`id\\` \\$(id); x=${V}\"");
  }

  @Test
  void commandsBeforeTheMainOneHoldUpReadiness() {
    Units units =
        Units.service(
            "ExecStartPre=/bin/mkdir -p /run/web",
            "ExecStartPre=-/bin/false",
            "ExecStart=/bin/web");
    assertThat(units.start())
        .isEqualTo(
            """
            /bin/mkdir -p /run/web || exit
            /bin/false || :
            echo >&3
            exec /bin/web 3>&-\
            """);
    assertThat(units.web().readiness().kind()).isEqualTo(Readiness.Kind.DESCRIPTOR);
    assertThat(units.web().readiness().timeout()).contains(Duration.ofSeconds(90));
  }

  @Test
  void aOneShotRunsItsCommandsInOrder() {
    Units units =
        Units.service(
            "Type=oneshot",
            "RemainAfterExit=yes",
            "ExecStart=/bin/a ; /bin/b \\; c",
            "ExecStartPost=/bin/c",
            "ExecStop=/bin/d",
            "SuccessExitStatus=3 SIGTERM");
    assertThat(units.start())
        .isEqualTo(
            """
            /bin/a || case $? in 143|3) ;; *) exit 1 ;; esac
            /bin/b ';' c || case $? in 143|3) ;; *) exit 1 ;; esac
            /bin/c || exit\
            """);
    assertThat(units.exec(MethodKind.STOP)).isEqualTo("/bin/d");
  }

  @Test
  void anEmptyAssignmentResetsAndTheReportSaysSo() {
    Units units = Units.service("ExecStart=/bin/old", "ExecStart=", "ExecStart=/bin/new");
    assertThat(units.start()).isEqualTo("/bin/new");
    assertThat(units.notes()).hasSize(3).allMatch(note -> note.fidelity() == Fidelity.EXACT);
  }

  @Test
  void theMainProcessIsKnown() {
    assertThat(
            Units.service("ExecStart=/bin/web", "ExecReload=/bin/kill -HUP $MAINPID")
                .exec(MethodKind.REFRESH))
        .isEqualTo("/bin/kill -HUP %{restarter/start_pid}");
    assertThat(
            Units.service(
                    "Type=forking",
                    "PIDFile=/run/web.pid",
                    "ExecStart=/bin/web",
                    "ExecReload=/bin/kill -HUP $MAINPID")
                .exec(MethodKind.REFRESH))
        .isEqualTo("MAINPID=$(cat /run/web.pid) || exit\n/bin/kill -HUP \"$MAINPID\" || exit");
    Units unknown =
        Units.service("Type=forking", "ExecStart=/bin/web", "ExecReload=/bin/kill -HUP $MAINPID");
    assertThat(unknown.exec(MethodKind.REFRESH)).isEqualTo(":kill -HUP");
    assertThat(unknown.fidelity("ExecReload=")).isEqualTo(Fidelity.APPROXIMATED);
  }

  @Test
  void aStopIsASignalToAllAndThenAKill() {
    var stop =
        Units.service("ExecStart=/bin/web", "KillSignal=SIGQUIT", "TimeoutStopSec=1min 500ms")
            .web()
            .method(MethodKind.STOP)
            .orElseThrow();
    assertThat(stop.exec()).contains(":kill -QUIT");
    assertThat(stop.timeout()).contains(Duration.ofMillis(60_500));
    assertThat(stop.onTimeout().toString()).isEqualTo("KILL");
  }

  @Test
  void commandsOfTheStopComeBeforeTheSignal() {
    assertThat(
            Units.service(
                    "ExecStart=/bin/web", "ExecStop=/bin/bye $MAINPID", "ExecStopPost=/bin/rm -f x")
                .exec(MethodKind.STOP))
        .isEqualTo(
            """
            /bin/bye %{restarter/start_pid} || :
            kill -TERM %{restarter/start_pid} 2>/dev/null || :
            while kill -0 %{restarter/start_pid} 2>/dev/null; do sleep 0.1; done
            /bin/rm -f x || :\
            """);
  }

  @Test
  void theContextIsThatOfTheUnit() {
    MethodContext context =
        Units.service(
                "ExecStart=/bin/web",
                "User=web",
                "Group=www",
                "WorkingDirectory=/srv",
                "Environment=\"A=1 2\" B=%n",
                "Environment=A=3",
                "EnvironmentFile=-/etc/default/web",
                "UMask=0027",
                "LimitNOFILE=1024:65536",
                "LimitCORE=infinity",
                "LimitMEMLOCK=64M",
                "Nice=-5",
                "OOMScoreAdjust=-500",
                "NoNewPrivileges=yes",
                "AmbientCapabilities=CAP_NET_BIND_SERVICE")
            .web()
            .method(MethodKind.START)
            .orElseThrow()
            .context();
    assertThat(context.user()).contains("web");
    assertThat(context.group()).contains("www");
    assertThat(context.workingDirectory()).contains("/srv");
    assertThat(context.environment())
        .containsExactly(
            "PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin",
            "LOGNAME=web",
            "USER=web",
            "B=web.service",
            "A=3");
    assertThat(context.environmentFiles()).containsExactly("-/etc/default/web");
    assertThat(context.umask()).contains("0027");
    assertThat(context.limits())
        .containsEntry("nofile", new MethodContext.Limit(1024, 65_536))
        .containsEntry("core", new MethodContext.Limit(-1, -1))
        .containsEntry("memlock", new MethodContext.Limit(64 << 20, 64 << 20));
    assertThat(context.nice()).isEqualTo(OptionalInt.of(-5));
    assertThat(context.oomScoreAdjust()).isEqualTo(OptionalInt.of(-500));
    assertThat(context.noNewPrivileges()).isTrue();
    assertThat(context.capabilities()).contains(List.of("net_bind_service"));
  }

  @Test
  void aPrivilegedLineMakesTheOthersChangeTheirUser() {
    Units units =
        Units.service("ExecStartPre=+/bin/chown web /x", "ExecStart=/bin/web", "User=web");
    assertThat(units.start())
        .isEqualTo(
            """
            /bin/chown web /x || exit
            echo >&3
            exec setpriv --reuid=web --regid="$(id -g web)" --init-groups -- /bin/web 3>&-\
            """);
    assertThat(units.web().method(MethodKind.START).orElseThrow().context().user()).isEmpty();
  }

  @Test
  void directoriesAreMadeForTheUser() {
    Units units =
        Units.service(
            "Type=notify",
            "ExecStart=/bin/web",
            "User=web",
            "Group=web",
            "RuntimeDirectory=web web/sub",
            "RuntimeDirectoryMode=0750",
            "StateDirectory=../etc");
    assertThat(units.start())
        .startsWith(
            """
            rm -rf -- /run/web
            install -d -m 0750 -o web -g web /run/web || exit
            rm -rf -- /run/web/sub
            install -d -m 0750 -o web -g web /run/web/sub || exit
            exec setpriv\
            """);
    assertThat(units.fidelity("StateDirectory=")).isEqualTo(Fidelity.DROPPED);
    assertThat(units.web().method(MethodKind.START).orElseThrow().context().environment())
        .contains("RUNTIME_DIRECTORY=/run/web:/run/web/sub");
  }

  @Test
  void aRuntimeDirectoryThatIsPreservedStaysAndOneThatLeadsElsewhereIsNeverRemoved() {
    Units kept =
        Units.service(
            "ExecStart=/bin/web", "RuntimeDirectory=web", "RuntimeDirectoryPreserve=restart");
    assertThat(kept.start()).doesNotContain("rm -rf").contains("install -d -m 0755 /run/web");
    for (String name : new String[] {".", "..", "./web", "a/..", "a//b", "/etc", "a/."}) {
      Units units = Units.service("ExecStart=/bin/web", "RuntimeDirectory=" + name);
      assertThat(units.start()).as(name).isEqualTo("/bin/web");
      assertThat(units.fidelity("RuntimeDirectory=")).isEqualTo(Fidelity.DROPPED);
    }
  }

  @Test
  void aUserIsToldItsNameHomeAndShell() {
    Units units = Units.service("ExecStart=/bin/web", "User=known", "UnsetEnvironment=SHELL");
    assertThat(units.web().method(MethodKind.START).orElseThrow().context().environment())
        .containsExactly(
            "PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin",
            "HOME=/home/known",
            "LOGNAME=known",
            "USER=known");
    assertThat(units.fidelity("User=")).isEqualTo(Fidelity.EXACT);
    assertThat(units.fidelity("UnsetEnvironment=")).isEqualTo(Fidelity.EXACT);
    Units unknown = Units.service("ExecStart=/bin/web", "User=web");
    assertThat(unknown.note("User=").text()).startsWith("no account of this machine yet");
    Units silent = Units.service("ExecStart=/bin/web", "User=known", "SetLoginEnvironment=no");
    assertThat(silent.web().method(MethodKind.START).orElseThrow().context().environment())
        .hasSize(1);
  }

  @Test
  void exitStatusesMeanWhatTheUnitSays() {
    Units units =
        Units.service(
            "ExecStart=/bin/web",
            "Restart=on-failure",
            "SuccessExitStatus=143 TEMPFAIL SIGKILL",
            "RestartPreventExitStatus=255",
            "RestartForceExitStatus=SIGSEGV 7 nonsense");
    ExitStatuses.Meaning statuses = units.web().startd().statuses();
    assertThat(statuses.clean())
        .isEqualTo(new ExitStatuses(Set.of(143, 75), Set.of(1, 2, 9, 13, 15)));
    assertThat(statuses.last()).isEqualTo(new ExitStatuses(Set.of(255), Set.of()));
    assertThat(statuses.again()).isEqualTo(new ExitStatuses(Set.of(7, 96, 101), Set.of(11)));
    assertThat(units.fidelity("SuccessExitStatus=")).isEqualTo(Fidelity.EXACT);
    assertThat(units.fidelity("RestartForceExitStatus=")).isEqualTo(Fidelity.DROPPED);
  }

  @Test
  void aConditionThatDoesNotHoldDisablesAlthoughItExitsWith101() {
    Units units =
        Units.service("ExecStart=/bin/web", "Restart=always", "ExecCondition=/bin/test -e /x");
    assertThat(units.start()).contains("exit 101");
    assertThat(units.web().startd().statuses().again().codes()).containsExactly(96);
    Units forking = Units.service("Type=forking", "ExecStart=/bin/web", "SuccessExitStatus=3");
    assertThat(forking.web().startd().statuses()).isEqualTo(ExitStatuses.Meaning.USUAL);
  }

  @Test
  void aBoundingSetNeverGivesAUserCapabilities() {
    Units units =
        Units.service(
            "ExecStart=/bin/web",
            "User=web",
            "Group=web",
            "CapabilityBoundingSet=CAP_CHOWN CAP_KILL",
            "CapabilityBoundingSet=~CAP_KILL");
    assertThat(units.start())
        .isEqualTo(
            "setpriv --reuid=web --regid=web --init-groups --bounding-set=-all,+chown -- /bin/web");
    assertThat(Units.service("ExecStart=/bin/web", "CapabilityBoundingSet=").start())
        .isEqualTo("setpriv --bounding-set=-all -- /bin/web");
    assertThat(Units.service("ExecStart=/bin/web", "CapabilityBoundingSet=~CAP_BPF").start())
        .contains("+audit_control")
        .doesNotContain("+bpf");
  }

  @Test
  void limitsOfTheServiceAreThoseOfItsControlGroup() {
    Units units =
        Units.service(
            "ExecStart=/bin/web",
            "MemoryMax=512M",
            "CPUQuota=150%",
            "TasksMax=100",
            "MemoryHigh=50%",
            "CPUShares=2048");
    assertThat(units.web().resources().values())
        .containsEntry("memory.max", Long.toString(512L << 20))
        .containsEntry("cpu.max", "150000 100000")
        .containsEntry("pids.max", "100")
        .containsEntry("cpu.weight", "200");
    assertThat(units.fidelity("MemoryHigh=")).isEqualTo(Fidelity.DROPPED);
  }

  @Test
  void restartIsAsTheUnitSays() {
    var failing =
        Units.service("ExecStart=/bin/web", "Restart=on-failure", "RestartSec=3s").web().startd();
    assertThat(failing.restart()).isEqualTo(Restart.ON_FAILURE);
    assertThat(failing.restartDelay()).isEqualTo(Duration.ofSeconds(3));
    assertThat(Units.service("ExecStart=/bin/web").web().startd().restart())
        .isEqualTo(Restart.NEVER);
    assertThat(Units.service("ExecStart=/bin/web", "Restart=always").web().startd().restart())
        .isEqualTo(Restart.ALWAYS);
    var limited =
        Units.service("ExecStart=/bin/web", "StartLimitBurst=3", "StartLimitInterval=1min")
            .web()
            .startd();
    assertThat(limited.criticalFailureCount()).isEqualTo(2);
    assertThat(limited.criticalFailurePeriod()).isEqualTo(Duration.ofMinutes(1));
  }

  @Test
  void conditionsOfFilesAreDependenciesAndOthersAreAsked() {
    Units units =
        new Units()
            .file(
                "web.service",
                "[Unit]",
                "ConditionPathExists=/etc/web",
                "ConditionPathExists=!/etc/off",
                "ConditionDirectoryNotEmpty=/etc/web.d",
                "ConditionVirtualization=kvm",
                "[Service]",
                "ExecStart=/bin/web");
    assertThat(units.dependencies("svc:/systemd/web:default"))
        .contains(
            "condition_exists require_all/none [file://localhost/etc/web]",
            "condition_absent exclude_all/none [file://localhost/etc/off]");
    assertThat(units.start())
        .startsWith("[ -n \"$(ls -A /etc/web.d 2>/dev/null)\" ] || exit 101\n");
    assertThat(units.fidelity("ConditionVirtualization=")).isEqualTo(Fidelity.DROPPED);
  }

  @Test
  void outputGoesWhereTheUnitSends() {
    assertThat(
            Units.service("ExecStart=/bin/web", "StandardOutput=append:/var/log/web.log").start())
        .contains("exec >>/var/log/web.log 2>&1 || exit\n");
    assertThat(
            Units.service("ExecStart=/bin/web", "StandardOutput=null", "StandardError=journal")
                .start())
        .contains("exec >/dev/null || exit\n");
  }

  @Test
  void whatIsOnlyKnownOnTheMachineIsAskedThere() {
    assertThat(Units.service("ExecStart=/bin/web --host %H").start())
        .isEqualTo("/bin/web --host \"$(uname -n)\"");
  }
}
