package bespoke.daemon;

import static org.assertj.core.api.Assertions.assertThat;

import bespoke.api.ConfigurationRequest;
import bespoke.api.InstanceRecord;
import bespoke.api.InstanceRequest;
import bespoke.api.SourceText;
import bespoke.os.Signals;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The daemon as a person meets it: real processes, a JVM of its own.
class DaemonTest {
  @TempDir Path directory;
  private Path root;
  private Path manifests;

  @BeforeEach
  void prepare() throws IOException {
    root = directory.resolve("r");
    manifests = Files.createDirectory(directory.resolve("m"));
    Path service = directory.resolve("service");
    Files.writeString(
        service,
        """
        #!/bin/sh
        cd %s
        trap "echo $1 >> stopped; exit 0" TERM
        echo $1 >> started
        : > $1.up
        sleep 1000 &
        wait
        """
            .formatted(directory));
    Files.setPosixFilePermissions(service, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  private void manifest(String name, String text) throws IOException {
    Files.writeString(manifests.resolve(name), text.replace("%ROOT%", directory.toString()));
  }

  private void stack() throws IOException {
    manifest("db.yaml", service("db", ""));
    manifest(
        "web.yaml",
        service(
            "web",
            """
            dependencies:
              database: {grouping: require_all, restart_on: none, services: [site/db]}
            """));
  }

  /// A service that tells when it starts and when it is asked to stop. Its start method returns
  /// when its process is ready for signals.
  private static String service(String name, String more) {
    return """
    service: site/NAME
    enabled: true
    methods:
      start:
        exec: "rm -f %ROOT%/NAME.up; mkfifo %ROOT%/NAME.up; %ROOT%/service NAME & cat %ROOT%/NAME.up"
        timeout_seconds: 60
      stop: {exec: ":kill", timeout_seconds: 60}
    """
            .replace("NAME", name)
        + more;
  }

  private List<String> file(String name) throws IOException {
    return Files.readAllLines(directory.resolve(name));
  }

  private static List<Long> pids(InstanceRecord instance) {
    return instance.detail().processes().stream().map(process -> process.pid()).toList();
  }

  @Test
  void servicesStartInOrderAndOneLineTellsWhenNothingMoves() throws IOException {
    stack();
    try (DaemonProcess daemon = DaemonProcess.start(root, manifests)) {
      assertThat(daemon.awaitSettled())
          .startsWith("2 services are online, 0 are not (")
          .endsWith("svcs --root " + root + " lists them.");
      assertThat(file("started")).containsExactly("db", "web");
    }
  }

  @Test
  void terminationStopsEverythingInReverseOrder() throws Exception {
    stack();
    try (DaemonProcess daemon = DaemonProcess.start(root, manifests)) {
      daemon.awaitSettled();
      List<Long> database = pids(daemon.instance("db"));
      assertThat(database).hasSize(2);
      daemon.terminate();
      assertThat(daemon.awaitExit()).as(() -> daemon.lines.toString()).isZero();
      assertThat(file("stopped")).containsExactly("web", "db");
      assertThat(ProcessHandle.of(database.getFirst())).matches(it -> isGone(it.orElse(null)));
    }
  }

  private static boolean isGone(@org.jspecify.annotations.Nullable ProcessHandle process) {
    return process == null || !process.isAlive() || process.info().command().isEmpty();
  }

  @Test
  void untilSettledLeavesTheServicesRunningAndTellsByItsStatus() throws Exception {
    stack();
    try (DaemonProcess daemon = DaemonProcess.start(root, manifests, "--until-settled")) {
      assertThat(daemon.awaitExit()).as(() -> daemon.lines.toString()).isZero();
      assertThat(file("started")).containsExactly("db", "web");
    }
    manifest(
        "bad.yaml",
        """
        service: site/bad
        enabled: true
        methods: {start: {exec: "exit 96", timeout_seconds: 60}}
        """);
    try (DaemonProcess daemon = DaemonProcess.start(root, manifests, "--until-settled")) {
      assertThat(daemon.awaitExit()).isEqualTo(1);
      assertThat(file("started")).as("nothing is started twice").containsExactly("db", "web");
    }
    try (DaemonProcess daemon = DaemonProcess.start(root, manifests)) {
      daemon.awaitSettled();
    }
  }

  @Test
  void aSecondDaemonIsRefusedWithThePidOfTheFirst() throws Exception {
    stack();
    try (DaemonProcess daemon = DaemonProcess.start(root, manifests)) {
      daemon.awaitSettled();
      try (DaemonProcess second = DaemonProcess.start(root, manifests)) {
        assertThat(second.awaitExit()).isEqualTo(1);
        assertThat(second.lines).last().asString().contains("pid " + daemon.pid());
      }
      assertThat(daemon.instance("web").state()).isEqualTo("online");
    }
  }

  @Test
  void servicesSurviveTheDaemonAndTheNextOneAdoptsThem() throws Exception {
    stack();
    List<Long> database;
    List<Long> web;
    try (DaemonProcess daemon = DaemonProcess.start(root, manifests)) {
      daemon.awaitSettled();
      database = pids(daemon.instance("db"));
      web = pids(daemon.instance("web"));
      daemon.kill();
    }
    web.forEach(pid -> ProcessHandle.of(pid).ifPresent(ProcessHandle::destroyForcibly));
    try (DaemonProcess daemon = DaemonProcess.start(root, manifests)) {
      daemon.awaitSettled();
      assertThat(pids(daemon.instance("db"))).isEqualTo(database);
      assertThat(daemon.instance("web").state()).isEqualTo("online");
      assertThat(pids(daemon.instance("web"))).as("it died meanwhile").isNotEqualTo(web);
      assertThat(file("started")).containsExactly("db", "web", "web");
    }
  }

  @Test
  void whatWasAnsweredSurvivesTheDaemon() throws Exception {
    stack();
    try (DaemonProcess daemon = DaemonProcess.start(root, manifests)) {
      daemon.awaitSettled();
      assertThat(daemon.act("disable", "web")).isEqualTo("{\"outcome\":{}}");
      daemon.kill();
    }
    try (DaemonProcess daemon = DaemonProcess.start(root, manifests)) {
      assertThat(daemon.awaitSettled()).startsWith("1 service is online, 0 are not");
      assertThat(daemon.instance("web").state()).isEqualTo("disabled");
      assertThat(daemon.act("enable", "web")).isEqualTo("{\"outcome\":{}}");
      assertThat(daemon.instance("web").state()).isEqualTo("online");
    }
  }

  @Test
  void aBrokenManifestIsReportedWithItsPlaceAndTheOthersStart() throws Exception {
    stack();
    manifest("broken.yaml", "service: site/broken\nenabeld: true\n");
    try (DaemonProcess daemon = DaemonProcess.start(root, manifests)) {
      assertThat(daemon.awaitSettled()).startsWith("2 services are online");
      assertThat(daemon.lines)
          .anyMatch(line -> line.contains("broken.yaml:2:1: cannot") && line.contains("enabled"));
    }
  }

  @Test
  void anImportThatClosesACycleIsRefusedNamingEveryEdge() throws Exception {
    stack();
    try (DaemonProcess daemon = DaemonProcess.start(root, manifests)) {
      daemon.awaitSettled();
      String closing = Files.readString(manifests.resolve("db.yaml")) + "requires: [site/web]\n";
      List<String> answer =
          daemon.ask(
              new ConfigurationRequest.Import(
                  List.of(new SourceText("new-db.yaml", closing)), false, true));
      assertThat(answer.getFirst())
          .contains("svc:/site/db:default depends on svc:/site/web")
          .contains("new-db.yaml:")
          .contains("svc:/site/web:default depends on svc:/site/db")
          .contains("web.yaml:");
      assertThat(answer.getLast()).contains("\"status\":1");
      assertThat(daemon.instance("db").state()).isEqualTo("online");
    }
  }

  @Test
  void aNewDescriptionStartsAtOnceAndDeletingStopsIt() throws Exception {
    stack();
    try (DaemonProcess daemon = DaemonProcess.start(root, manifests)) {
      daemon.awaitSettled();
      String extra =
          """
          service: site/extra
          enabled: true
          methods: {start: {exec: "sleep 1000 &", timeout_seconds: 60}}
          """;
      assertThat(
              daemon.ask(
                  new ConfigurationRequest.Import(
                      List.of(new SourceText("extra.yaml", extra)), false, true)))
          .last()
          .isEqualTo("{\"outcome\":{}}");
      assertThat(daemon.act("enable", "extra")).isEqualTo("{\"outcome\":{}}");
      List<Long> pids = pids(daemon.instance("extra"));
      assertThat(daemon.ask(new ConfigurationRequest.Delete("site/extra", false)).getLast())
          .contains("is in state online");
      assertThat(daemon.ask(new ConfigurationRequest.Delete("site/extra", true)).getLast())
          .isEqualTo("{\"outcome\":{}}");
      ProcessHandle.of(pids.getFirst())
          .ifPresent(it -> it.onExit().orTimeout(60, java.util.concurrent.TimeUnit.SECONDS).join());
      assertThat(
              daemon.ask(new InstanceRequest.ListInstances(List.of("extra"), false, false, false)))
          .last()
          .asString()
          .contains("unmatched");
    }
  }

  @Test
  void hangUpReadsTheManifestsAgain() throws Exception {
    stack();
    try (DaemonProcess daemon = DaemonProcess.start(root, manifests, "-v")) {
      daemon.awaitSettled();
      manifest("more.yaml", service("more", ""));
      assertThat(Signals.send(daemon.pid(), Signals.HUP)).isZero();
      daemon.awaitLine(line -> line.startsWith("svc:/site/more:default offline -> online"));
      assertThat(file("started")).containsExactly("db", "web", "more");
    }
  }

  @Test
  void aSecondTerminationKillsWhatDoesNotStop() throws Exception {
    manifest(
        "stubborn.yaml",
        """
        service: site/stubborn
        enabled: true
        startd: {duration: child}
        methods:
          start: {exec: "trap '' TERM; : > %ROOT%/trapped; while :; do sleep 1000; done"}
          stop: {exec: ":kill", timeout_seconds: 3600}
        readiness: {notify: sd_notify}
        """);
    try (DaemonProcess daemon = DaemonProcess.start(root, manifests, "-v")) {
      daemon.awaitLine(line -> line.contains("uninitialized -> offline"));
      daemon.terminate();
      daemon.awaitLine(line -> line.equals("stopping all services"));
      daemon.terminate();
      assertThat(daemon.awaitExit()).as(() -> daemon.lines.toString()).isZero();
    }
  }

  @Test
  void watchersSeeWhatHappensAndHistoryRemembersIt() throws Exception {
    stack();
    try (DaemonProcess daemon = DaemonProcess.start(root, manifests)) {
      daemon.awaitSettled();
      daemon.act("disable", "web");
      assertThat(daemon.ask(new InstanceRequest.History(List.of("web"), 0, 2)))
          .anyMatch(line -> line.contains("\"to\":\"disabled\""))
          .last()
          .isEqualTo("{\"outcome\":{}}");
      assertThat(daemon.ask(new InstanceRequest.Why("web")).getFirst())
          .contains("has been disabled");
      daemon.kill();
    }
    try (DaemonProcess daemon = DaemonProcess.start(root, manifests)) {
      daemon.awaitSettled();
      assertThat(daemon.ask(new InstanceRequest.Why("web")).toString())
          .as("the journal outlives the daemon")
          .contains("disabled");
    }
  }

  @Test
  void aManifestThatVanishedIsToldOnceAndItsServiceStays() throws Exception {
    stack();
    for (int start = 0; start < 3; start++) {
      try (DaemonProcess daemon = DaemonProcess.start(root, manifests)) {
        assertThat(daemon.awaitSettled()).startsWith("2 services are online");
        Files.deleteIfExists(manifests.resolve("web.yaml"));
      }
    }
    assertThat(Files.readAllLines(root.resolve("log/svc.startd.log")))
        .filteredOn(line -> line.contains("web.yaml: is gone"))
        .hasSize(1);
  }
}
