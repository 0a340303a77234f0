package bespoke.manifest.compose;

import static org.assertj.core.api.Assertions.assertThat;

import bespoke.manifest.ImportNote;
import bespoke.manifest.ManifestFile;
import bespoke.manifest.Problem;
import bespoke.manifest.SourceFile;
import bespoke.model.InstanceDefinition;
import bespoke.model.InstanceFmri;
import bespoke.model.MethodContext;
import bespoke.model.MethodKind;
import bespoke.model.Origin;
import bespoke.model.PropertyGroups;
import bespoke.model.ServiceDescription;
import bespoke.model.StartdOptions;
import bespoke.model.definition.Definitions;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ComposeReaderTest {
  private static final String NAME = "/srv/shop/compose.yaml";

  private static byte[] shop() throws IOException {
    try (InputStream in = ComposeReaderTest.class.getResourceAsStream("compose.yaml")) {
      return Objects.requireNonNull(in).readAllBytes();
    }
  }

  private static ManifestFile read(byte[] bytes) {
    SourceFile env =
        new SourceFile(
            "/srv/shop/common.env",
            "# of all\nexport A=1\nQUEUE='file'\nB=\"two\\nlines\" # x\n"
                .getBytes(StandardCharsets.UTF_8),
            "",
            true);
    return new ComposeReader().read(List.of(new SourceFile(NAME, bytes), env)).getFirst();
  }

  private static ManifestFile read(String yaml) {
    return read(yaml.getBytes(StandardCharsets.UTF_8));
  }

  private static Map<String, ServiceDescription> byName(ManifestFile file) {
    return file.services().stream().collect(Collectors.toMap(it -> it.fmri().service(), it -> it));
  }

  private static InstanceDefinition definition(ManifestFile file, String service) {
    ServiceDescription description = Objects.requireNonNull(byName(file).get(service));
    InstanceDefinition definition =
        new Definitions()
            .read(
                description.fmri().instance(InstanceFmri.DEFAULT_INSTANCE),
                description.groups().overriddenBy(PropertyGroups.EMPTY),
                Origin.UNKNOWN);
    assertThat(definition.problems()).isEmpty();
    return definition;
  }

  private static String exec(InstanceDefinition definition, MethodKind kind) {
    return Objects.requireNonNull(definition.methods().get(kind)).exec().orElse("");
  }

  @Test
  void aWholeStackBecomesServicesThatDependOnEachOther() throws IOException {
    ManifestFile file = read(shop());
    assertThat(file.problems()).isEmpty();
    assertThat(byName(file).keySet())
        .containsExactlyInAnyOrder(
            "shop/db", "shop/migration", "shop/worker", "shop/web", "shop/base", "shop/cache");
    InstanceDefinition db = definition(file, "shop/db");
    assertThat(exec(db, MethodKind.START)).isEqualTo("python3 -u db.py --port 7101");
    assertThat(exec(db, MethodKind.STOP)).isEqualTo(":kill -SIGINT");
    assertThat(db.readiness().probe().orElseThrow().target())
        .isEqualTo("test -e /srv/shop/healthy && echo 100%%");
    assertThat(db.monitor().orElseThrow().interval()).hasSeconds(90);
    assertThat(db.readiness().timeout().orElseThrow()).hasSeconds(460);
    InstanceDefinition migration = definition(file, "shop/migration");
    assertThat(migration.startd().duration()).isEqualTo(StartdOptions.Style.TRANSIENT);
    assertThat(exec(migration, MethodKind.START)).isEqualTo("sh -c 'echo \"migrate; $DATABASE\"'");
    assertThat(migration.dependencies())
        .singleElement()
        .satisfies(edge -> {
          assertThat(edge.entities()).hasToString("[svc:/shop/db:default]");
          assertThat(edge.grouping()).hasToString("require_all");
          assertThat(edge.restartOn()).hasToString("restart");
        });
  }

  @Test
  void replicasAreInstancesAndTheirVariablesAreJoined() throws IOException {
    ManifestFile file = read(shop());
    ServiceDescription worker = Objects.requireNonNull(byName(file).get("shop/worker"));
    assertThat(worker.instances()).extracting("name").containsExactly("1", "2");
    InstanceDefinition definition = definition(file, "shop/worker");
    assertThat(
            Objects.requireNonNull(definition.methods().get(MethodKind.START))
                .context()
                .environment())
        .containsExactly(
            "A=1",
            "QUEUE=mail",
            "B=two\nlines",
            "LANG=C.UTF-8",
            "DATABASE=127.0.0.1:7101",
            "PATH=" + MethodContext.USUAL_PATH);
    assertThat(definition.resources().values())
        .containsEntry("cpu.max", "150000 100000")
        .containsEntry("memory.max", "67108864")
        .containsEntry("pids.max", "50");
    InstanceDefinition web = definition(file, "shop/web");
    assertThat(web.dependencies().getFirst().entities())
        .hasToString("[svc:/shop/worker:1, svc:/shop/worker:2]");
    assertThat(exec(web, MethodKind.START)).isEqualTo("python3 -u web.py");
    assertThat(
            Objects.requireNonNull(byName(file).get("shop/web")).instances().getFirst().enabled())
        .contains(false);
  }

  @Test
  void nothingIsLostSilently() throws IOException {
    List<String> notes =
        read(shop()).notes().stream()
            .map(ImportNote::toString)
            .map(it -> it.substring(NAME.length() + 1))
            .toList();
    assertThat(notes)
        .contains(
            "13:5: dropped: image: the command runs on this machine, without an image",
            "27:5: dropped: volumes: it sees the files of this machine as they are",
            "67:1: dropped: volumes: belongs to containers",
            "64:5: dropped: cache: it has no command, and what its image would run is not known"
                + " here; it is not enabled")
        .anyMatch(it -> it.contains("approximated: SECRET:"))
        .anyMatch(it -> it.contains("approximated: common.env:"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "services: {a: {command: x, depends_on: [bb]}, b: {command: x}}|1:41|cannot find the"
            + " service \"bb\"",
        "services: {a: {command: x, restart: sometimes}}|1:28|cannot use the restart policy"
            + " \"sometimes\"",
        "services: {a: {command: x, mem_limit: lots}}|1:28|cannot read \"lots\" as a size",
        "services: {a: {command: 'x \"y'}}|1:25|cannot find the end of a quoted text",
        "services: {a: {command: x, env_file: no.env}}|1:38|cannot find the file of variables"
            + " \"no.env\"",
        "services: {a: &a {command: x, x: *a}}|1:15|cannot follow an alias into itself",
        "services: {a: {command: x, command: y}}|1:28|cannot have the key \"command\" twice",
        "services: [a]|1:1|cannot find services",
        "'services: {a: {command: x'|1:26|cannot read it as YAML",
        "services: {a: {command: x, extends: b}}|1:28|cannot extend \"b\"",
        "services: {a: {command: '${X:?please}'}}|1:25|cannot go on without the variable X: please",
      })
  void mistakesAreToldAtTheirPlace(String yaml, String place, String message) {
    ManifestFile file = read(yaml);
    assertThat(file.services()).isEmpty();
    assertThat(file.problems()).isNotEmpty();
    Problem problem = file.problems().getFirst();
    assertThat(problem.line() + ":" + problem.column()).isEqualTo(place);
    assertThat(problem.message()).startsWith(message);
  }

  @Test
  void aliasesThatMultiplyAreRefused() {
    StringBuilder bomb = new StringBuilder("x0: &x0 [a,a,a,a,a,a,a,a,a]\n");
    for (int i = 1; i < 10; i++) {
      bomb.append("x%d: &x%d [".formatted(i, i))
          .append(("*x" + (i - 1) + ",").repeat(9))
          .append("]\n");
    }
    ManifestFile file = read(bomb + "services: {a: {command: x}}\n");
    assertThat(file.problems().getFirst().message()).startsWith("cannot follow more than");
    String deep = "services: " + "[".repeat(20_000);
    assertThat(read(deep).problems()).isNotEmpty();
  }

  @Test
  void composeFilesAreRecognizedAndOthersAreNot() {
    ComposeReader reader = new ComposeReader();
    byte[] compose = "version: '3'\nservices:\n  a: {}\n".getBytes(StandardCharsets.UTF_8);
    byte[] ours = "service: site/a\n".getBytes(StandardCharsets.UTF_8);
    assertThat(reader.recognizes(new SourceFile("docker-compose.prod.yml", compose))).isTrue();
    assertThat(reader.recognizes(new SourceFile("stack.yaml", compose))).isTrue();
    assertThat(reader.recognizes(new SourceFile("compose.yaml", ours))).isFalse();
    assertThat(reader.recognizes(new SourceFile("a.service", compose))).isFalse();
  }

  @Test
  void nonsenseNeverEndsInAnythingButProblems() throws IOException {
    SplittableRandom random = new SplittableRandom(20261126);
    byte[] whole = shop();
    List<String> pieces =
        List.of(
            "\n",
            ": ",
            "- ",
            "{",
            "}",
            "[",
            "]",
            "&a ",
            "*a",
            "${",
            "'",
            "<<: *env",
            "\t",
            "%",
            "null",
            "99999999999999999999");
    for (int round = 0; round < Integer.getInteger("bespoke.fuzz.rounds", 400); round++) {
      byte[] bytes = whole.clone();
      List<Byte> changed = new ArrayList<>();
      int at = random.nextInt(bytes.length);
      int length = random.nextInt(40);
      for (int i = 0; i < bytes.length; i++) {
        if (i == at) {
          for (byte b :
              pieces.get(random.nextInt(pieces.size())).getBytes(StandardCharsets.UTF_8)) {
            changed.add(b);
          }
        }
        if (i < at || i > at + length) {
          changed.add(random.nextInt(2000) == 0 ? (byte) random.nextInt(256) : bytes[i]);
        }
      }
      byte[] hostile = new byte[changed.size()];
      for (int i = 0; i < hostile.length; i++) {
        hostile[i] = changed.get(i);
      }
      ManifestFile file = read(hostile);
      assertThat(file.problems().isEmpty() || file.services().isEmpty())
          .as(new String(hostile, StandardCharsets.UTF_8))
          .isTrue();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "env_file: a.env",
        "env_file:\n      - a.env\n      - b.env",
        "env_file: [b.env, a.env]",
        "env_file:\n      - path: a.env"
      })
  void filesOfVariablesAreNamedInEveryFormOfTheirList(String lines) {
    String text = "services:\n  web:\n    command: web\n    " + lines + "\n";
    SourceFile file = new SourceFile("compose.yaml", text.getBytes(StandardCharsets.UTF_8));

    assertThat(new ComposeReader().companions(file)).contains("a.env");
  }

  private static List<String> notes(ManifestFile file) {
    assertThat(file.problems()).isEmpty();
    return file.notes().stream()
        .map(it -> it.fidelity().word() + " " + it.construct() + ": " + it.text())
        .toList();
  }

  @Test
  void whoIsNamedAsAHostIsInTheReport() {
    ManifestFile file =
        read(
            """
            services:
              db: {command: x}
              web:
                command: x
                environment:
                  DB_HOST: db
                  DB_NAME: db
                  DATABASE_URL: postgres://me:pw@db:5432/shop?x=1
                  CACHE: "tcp://db/0"
                  PEERS: a:1,db:2
                  OTHER: mydb:5432
                  TEXT: see db. It is
            """);
    assertThat(notes(file).stream().filter(it -> it.contains("names the host db")))
        .extracting(it -> it.split(":", 2)[0])
        .containsExactly(
            "approximated DB_HOST",
            "approximated DATABASE_URL",
            "approximated CACHE",
            "approximated PEERS");
  }

  @Test
  void capabilitiesAreASetWhenAllOthersAreDropped() {
    ManifestFile whole =
        read("services: {a: {command: x, cap_drop: [ALL], cap_add: [CAP_CHOWN, net_raw]}}");
    assertThat(notes(whole)).contains("exact cap_add: kept");
    assertThat(
            Objects.requireNonNull(definition(whole, "shop/a").methods().get(MethodKind.START))
                .context()
                .capabilities())
        .contains(List.of("chown", "net_raw"));
    assertThat(notes(read("services: {a: {command: x, cap_add: [SYS_TIME]}}")))
        .anyMatch(it -> it.startsWith("dropped cap_add"));
    assertThat(notes(read("services: {a: {command: x, cap_drop: [ALL], cap_add: [NONSENSE]}}")))
        .anyMatch(it -> it.startsWith("dropped cap_add"));
  }

  @Test
  void anIntervalBeforeTheStartIsSaidToBeOfNoUseUnlessSomebodyWaits() {
    String check = "healthcheck: {test: [CMD, 'true'], start_interval: 2s}";
    assertThat(notes(read("services: {a: {command: x, " + check + "}}")))
        .anyMatch(it -> it.startsWith("dropped start_interval"));
    String waiting = ", b: {command: x, depends_on: {a: {condition: service_healthy}}}}";
    assertThat(notes(read("services: {a: {command: x, " + check + "}" + waiting)))
        .noneMatch(it -> it.contains("start_interval"));
  }

  @Test
  void programsAreLookedForWhereAContainerLooks() {
    ManifestFile file =
        read("services: {a: {command: x}, b: {command: x, environment: {PATH: /opt/b}}}");
    assertThat(environment(file, "shop/a")).containsExactly("PATH=" + MethodContext.USUAL_PATH);
    assertThat(environment(file, "shop/b")).containsExactly("PATH=/opt/b");
  }

  private static List<String> environment(ManifestFile file, String service) {
    return Objects.requireNonNull(definition(file, service).methods().get(MethodKind.START))
        .context()
        .environment();
  }
}
