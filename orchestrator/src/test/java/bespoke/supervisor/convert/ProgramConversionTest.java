package bespoke.supervisor.convert;

import static org.assertj.core.api.Assertions.assertThat;

import bespoke.manifest.ManifestFile;
import bespoke.manifest.Manifests;
import bespoke.model.MethodContext;
import bespoke.supervisor.config.Ini;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ProgramConversionTest {
  private static ProgramConversion.Result convert(String text) throws Exception {
    return ProgramConversion.convert(text, Path.of("/etc/x.conf"), Map.of());
  }

  @Test
  void everyProgramBecomesAServiceThatTheManifestReaderAccepts() throws Exception {
    ProgramConversion.Result result =
        convert(
            """
            [program:web]
            command = /usr/bin/web --name "a 'b' c" 50%%
            numprocs = 2
            process_name = %(program_name)s_%(process_num)d
            environment = A="x \\ y",B=2
            umask = 027
            user = root
            stopsignal = INT
            [program:once]
            command = /bin/true
            autorestart = false
            autostart = false
            [eventlistener:l]
            command = /bin/l
            events = EVENT
            """);

    ManifestFile read = Manifests.read("x.yaml", result.yaml().getBytes(StandardCharsets.UTF_8));

    assertThat(read.isClean()).as("%s%n%s", read, result.yaml()).isTrue();
    assertThat(read.services())
        .extracting(service -> service.fmri().toString())
        .containsExactlyInAnyOrder("svc:/site/web", "svc:/site/once");
    assertThat(read.services().getLast().instances()).hasSize(2);
    assertThat(result.yaml()).contains("exec /usr/bin/web --name 'a '\\\\''b'\\\\'' c' '50%%'");
  }

  @Test
  void theReportSaysWhatWasLost() throws Exception {
    ProgramConversion.Result result =
        convert(
            """
            [program:web]
            command = /usr/bin/web
            priority = 5
            [eventlistener:l]
            command = /bin/l
            events = EVENT
            """);

    assertThat(result.notes())
        .extracting(ConversionNote::toString)
        .noneMatch(note -> note.contains("priority"))
        .anyMatch(note -> note.startsWith("dropped: [eventlistener:l]: svcs -w"))
        .anyMatch(note -> note.startsWith("exact: [program:web] command"));
  }

  @Test
  void exitCodesRetriesAndPrioritiesAreKept() throws Exception {
    String yaml =
        convert(
                """
                [program:first]
                command = /bin/a
                priority = 1
                [program:second]
                command = /bin/b
                exitcodes = 2,101
                startretries = 5
                [program:third]
                command = /bin/c
                autorestart = true
                [program:last]
                command = /bin/d
                autorestart = false
                priority = 1000
                """)
            .yaml();
    assertThat(yaml)
        .contains(
            "success_status: [0], restart_status: [96, 101], critical_failure_count: 3,"
                + " critical_failure_period: 20, give_up: true}",
            "success_status: [2, 101], restart_status: [96, 0], critical_failure_count: 5,"
                + " critical_failure_period: 42, give_up: true}",
            "startd: {duration: child, restart_status: [96, 101], critical",
            "startd: {duration: child, restart: never, success_status: [0]}",
            "priority: {grouping: optional_all, restart_on: none, services: [site/first]}",
            "priority: {grouping: optional_all, restart_on: none, services: [site/second,"
                + " site/third]}");
    ManifestFile read = Manifests.read("x.yaml", yaml.getBytes(StandardCharsets.UTF_8));
    assertThat(read.problems()).isEmpty();
  }

  @Test
  void aManifestIsNoConfiguration() {
    assertThat(ProgramConversion.isConfiguration("service: site/x\n")).isFalse();
    assertThat(ProgramConversion.isConfiguration("; c\n[program:x]\ncommand=x\n")).isTrue();
  }

  @Test
  void whatSupervisordDoesNotKnowIsKeptOrNamed() throws Exception {
    ProgramConversion.Result result =
        convert(
            """
            [supervisord]
            [program:web]
            command = /bin/web
            readiness = exec:/bin/check 'a b' 100%%
            health = http://localhost:80/ok
            require_all = svc:/site/db:default
            restart_on = error
            limits = nofile=100:200
            memory_max = 1MB
            cpu_max = 150%%
            restart_limit = 5
            restart_delay = 3
            stdout_format = json
            """);
    ManifestFile read = Manifests.read("x", result.yaml().getBytes(StandardCharsets.UTF_8));
    assertThat(read.problems()).isEmpty();
    assertThat(result.yaml())
        .contains(
            "readiness: {exec: \"exec /bin/check 'a b' '100%%'\", timeout_seconds: 60",
            "monitor: {http: \"http://localhost:80/ok\", interval_seconds: 10",
            "require-all: {grouping: require_all, restart_on: error, services:",
            "limits: {nofile: \"100:200\"}",
            "resources: {memory_max: 1048576, cpu_max: 150%}",
            "startd: {restart_delay: 3, critical_failure_count: 5, critical_failure_period: 600}");
    assertThat(result.notes().stream().map(ConversionNote::toString))
        .contains(
            "exact: [program:web] readiness: kept",
            "exact: [program:web] restart_delay: kept",
            "dropped: [program:web] stdout_format, stderr_format: output goes to the log as it"
                + " is");
  }

  @Test
  void aNoteStandsWhereItsOptionStands() throws Exception {
    String text =
        """
        ; comment
        [supervisord]

        [program:web]
        command = /bin/web
        priority = 5
        [eventlistener:l]
        command = /bin/l
        events = EVENT
        """;
    Places places = Places.of(text);

    assertThat(convert(text).notes())
        .extracting(note -> note.subject() + " " + places.of(note))
        .contains(
            "command, directory, user, umask, environment, autostart Place[line=5, column=1]",
            "autorestart, exitcodes Place[line=4, column=1]",
            "eventlistener Place[line=7, column=1]");
  }

  @Test
  void aProblemStandsWhereItsOptionStands() {
    Places places = Places.of("[supervisord]\n[program:x]\ncommand=x\n  \nstartsecs = soon\n");

    assertThat(places.ofProblem("not a number: 'soon' for option startsecs in section 'program:x'"))
        .isEqualTo(new Ini.Place(5, 1));
    assertThat(places.ofProblem("[program:x] is odd")).isEqualTo(new Ini.Place(2, 1));
    assertThat(places.ofProblem("/a b/x.conf:3:2: parsing errors. file: 'x', line: 3 'x'"))
        .isEqualTo(new Ini.Place(3, 2));
    assertThat(Places.withoutPlace("/a b/x.conf:3:2: odd: 7:8: ")).isEqualTo("odd: 7:8: ");
    assertThat(places.ofProblem("nothing known")).isEqualTo(new Ini.Place(1, 1));
  }

  @Test
  void whatAnotherMachineHasNeedNotBeHere() throws Exception {
    ProgramConversion.Result result =
        convert(
            """
            [supervisord]
            logfile = /no/such/directory/supervisord.log
            pidfile = /no/such/directory/supervisord.pid
            childlogdir = /no/such/directory
            user = nobody-here
            [unix_http_server]
            file = /no/such/directory/supervisor.sock
            chown = nobody-here:nogroup-here
            [rpcinterface:twiddler]
            supervisor.rpcinterface_factory = supervisor_twiddler.rpcinterface:make
            [program:web]
            command = /bin/web
            user = nobody-here
            stdout_logfile = /no/such/directory/web.log
            """);
    ManifestFile read = Manifests.read("x", result.yaml().getBytes(StandardCharsets.UTF_8));
    assertThat(read.services()).hasSize(1);
    assertThat(result.yaml()).contains("user: \"nobody-here\"");
    assertThat(result.notes().stream().map(ConversionNote::toString))
        .contains(
            "dropped: [program:web] stdout_logfile, stderr_logfile: both go to the log of the"
                + " service (svcs -L)",
            "approximated: [program:web] user: there is no nobody-here on this machine; add it"
                + " before it starts",
            "dropped: [rpcinterface:twiddler]: supervisor_twiddler.rpcinterface:make cannot be"
                + " resolved within [rpcinterface:twiddler]: only"
                + " supervisor.rpcinterface:make_main_rpcinterface is known; remove the section");
  }

  @Test
  void programsAreLookedForWhereSupervisordLooks() throws Exception {
    String yaml =
        convert("[program:a]\ncommand=a\n[program:b]\ncommand=b\nenvironment=PATH=/x\n").yaml();
    assertThat(yaml).contains("PATH: \"" + MethodContext.USUAL_PATH + "\"", "PATH: \"/x\"");
  }

  @Test
  void aUserWhoseNameIsNotKnownIsNobodyInParticular() throws Exception {
    ProgramConversion.Result result =
        ProgramConversion.convert(
            "[supervisord]\n[program:a]\ncommand=a\nuser=%(ENV_USER)s\n",
            Path.of("/etc/x.conf"), Map.of("USER", ""));
    assertThat(result.yaml()).doesNotContain("user:");
  }
}
