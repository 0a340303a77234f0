package bespoke.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

/// A machine of a service for each case, started once for all of a class.
abstract class MethodConformanceFixture {

  static @TempDir Path directory;
  static RealMachine machine;

  @BeforeAll
  static void startMachine() throws IOException {
    Files.writeString(
        directory.resolve("r12.sh"),
        "trap 'echo INT > DIR/r12; exit' INT\n: > DIR/r12.up\nwhile :; do sleep 0.05; done\n"
            .replace("DIR", directory.toString()));
    machine = new RealMachine(directory, yaml());
  }

  @AfterAll
  static void stopMachine() {
    machine.close();
  }

  /// Every service of these tests: name, then its methods in YAML.
  static String yaml() {
    String scratch = directory.toString();
    String daemon = "methods: {start: {exec: \"sleep 10000 &\"}}";
    List<String> services =
        List.of(
            service("s1", daemon),
            service("s6", "methods: {start: {exec: \":true\"}, stop: {exec: \"exit 1\"}}"),
            service("s7", "description: has no start method"),
            service("s8", "methods: {start: {exec: \"sleep 10000 & exit 94\"}}"),
            service("exit95", "methods: {start: {exec: \"exit 95\"}}"),
            service("exit96", "methods: {start: {exec: \"exit 96\"}}"),
            service("exit97", "methods: {start: {exec: \"sleep 10000 & exit 97\"}}"),
            service("exit99", "methods: {start: {exec: \"exit 99\"}}"),
            service("exit100", "methods: {start: {exec: \"exit 100\"}}"),
            service("exit101", "methods: {start: {exec: \"sleep 10000 & exit 101\"}}"),
            service("s14", "methods: {start: {exec: \"exit 1\"}}"),
            service(
                "s15",
                "methods: {start: {exec: \"echo x >> %s/s15; [ $(wc -l < %s/s15) -ge 3 ] || exit 1; sleep 10000 &\"}}"
                    .replace("%s", scratch)),
            service("s16", "methods: {start: {exec: \"kill -TERM $$; sleep 5\"}}"),
            service(
                "s17",
                "methods: {start: {exec: \"sleep 10000 & sleep 10000\", timeout_seconds: 1}}\n"
                    + "startd: {retry_delay: 0.05}"),
            service(
                "s18",
                "methods: {start: {exec: \"sleep 10000\", timeout_seconds: 1}}\n"
                    + "startd: {timeout_retry: false}"),
            service("s20", "methods: {start: {exec: \"/bin/true\"}}"),
            service(
                "s21",
                "methods: {start: {exec: \"test -e %s/s21 && sleep 10000 &\"}}"
                    .replace("%s", scratch)
                    .replace("&& sleep 10000 &", "|| exit 1; sleep 10000 &")),
            service("s24", "methods: {start: {exec: \"exit 95\"}}"),
            service("s27", daemon),
            service("s28", daemon),
            service("s29", daemon),
            service("s30", "methods: {start: {exec: \"sleep 10000\"}}"),
            service("r1", daemon),
            service("r2", "methods: {start: {exec: \"sleep 10001 & sleep 10002 &\"}}"),
            service(
                "r3",
                "methods: {start: {exec: \"sleep 10001 & sleep 10002 &\"}}\n"
                    + "startd: {ignore_error: [signal]}"),
            service("r4", "methods: {start: {exec: \"sleep 10000 & sleep 0.2 &\"}}"),
            service("r6", "methods: {start: {exec: \"sleep 1 &\"}}"),
            service(
                "r8", "methods: {start: {exec: \"sleep 10000 &\"}}\nstartd: {duration: transient}"),
            service("r9", daemon),
            service(
                "r10",
                "methods: {start: {exec: \"(trap '' TERM; while :; do sleep 1; done) &\"},"
                    + " stop: {exec: \":kill\", timeout_seconds: 1}}"),
            service(
                "r10kill",
                "methods: {start: {exec: \"(trap '' TERM; while :; do sleep 1; done) &\"},"
                    + " stop: {exec: \":kill\", timeout_seconds: 1, on_timeout: kill}}"),
            service(
                "r11",
                "methods: {start: {exec: \"sleep 10000 &\"}, stop: {exec: \"exit 1\"}}\n"
                    + "startd: {retry_delay: 0.05}"),
            service(
                "r12",
                ("methods: {start: {exec: \"setsid -f sh %s/r12.sh;"
                            + " until [ -e %s/r12.up ]; do sleep 0.02; done\"},")
                        .replace("%s", scratch)
                    + " stop: {exec: \":kill -INT\"}}"),
            service(
                "r13",
                "methods: {start: {exec: \"/bin/true\"}, stop: {exec: \":kill\"}}\n"
                    + "startd: {duration: transient}"),
            service("r14", daemon),
            service("r16", daemon),
            service("r17", "methods: {start: {exec: \"sleep 10000\"}}"),
            service("r18", daemon),
            service(
                "r19",
                "methods: {start: {exec: \"sleep 10000 &\"}, refresh: {exec: \"test -e %s/r19\"}}\n"
                        .replace("%s", scratch)
                    + "startd: {retry_delay: 0.05}"),
            service(
                "r20",
                "methods: {start: {exec: \"sleep 0.3\"}, stop: {exec: \"touch %s/r20.stop\"}}\n"
                        .replace("%s", scratch)
                    + "startd: {duration: child}"),
            service("r21", "methods: {start: {exec: \"exit 1\"}}\nstartd: {duration: child}"),
            service("r22", "methods: {start: {exec: \"exit 96\"}}\nstartd: {duration: child}"),
            service("r23", "methods: {start: {exec: \"sleep 10000\"}}\nstartd: {duration: child}"),
            service("r24", "methods: {start: {exec: /no/such/program}}\nstartd: {duration: child}"),
            service("r26", daemon),
            service(
                "r28",
                "methods: {start: {exec: \"sleep 10000 &\"}}\n"
                    + "startd: {critical_failure_count: 3, critical_failure_period: 60}"),
            service(
                "forks",
                "methods: {start: {exec: \"(setsid sh -c 'sleep 10000 & sleep 10001 &' &)\"}}"));
    return String.join("---\n", services);
  }

  static String service(String name, String body) {
    return "service: t/" + name + "\nenabled: false\n" + body + "\n";
  }

  static void online(String name) {
    machine.ok("svcadm enable -s t/" + name);
    assertThat(machine.state(name)).isEqualTo("online");
  }

  static void maintenance(String name) {
    machine.run("svcadm enable t/" + name);
    machine.await(name, "maintenance");
  }

  static String why(String name) {
    return machine.ok("svcs -x t/" + name);
  }
}
