package bespoke.manifest.compose;

import static org.assertj.core.api.Assertions.assertThat;

import bespoke.manifest.ManifestFile;
import bespoke.manifest.Problem;
import bespoke.manifest.SourceFile;
import bespoke.model.InstanceDefinition;
import bespoke.model.MethodContext;
import bespoke.model.MethodKind;
import bespoke.model.ServiceDescription;
import bespoke.model.StartdOptions;
import bespoke.model.definition.Definitions;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Projects that are written in several files.
class ProjectFilesTest {

  private final List<SourceFile> files = new ArrayList<>();

  private ProjectFilesTest file(String name, String text) {
    return add(name, text, false);
  }

  private ProjectFilesTest beside(String name, String text) {
    return add(name, text, true);
  }

  private ProjectFilesTest add(String name, String text, boolean companion) {
    files.add(
        new SourceFile("/srv/shop/" + name, text.getBytes(StandardCharsets.UTF_8), "", companion));
    return this;
  }

  private List<ManifestFile> read() {
    return new ComposeReader().read(files);
  }

  private List<String> services() {
    List<ManifestFile> read = read();
    assertThat(read.stream().flatMap(it -> it.problems().stream())).isEmpty();
    return read.stream()
        .flatMap(it -> it.services().stream())
        .map(it -> it.fmri().service())
        .toList();
  }

  private InstanceDefinition definition(String service) {
    ServiceDescription found =
        read().stream()
            .flatMap(it -> it.services().stream())
            .filter(it -> it.fmri().service().equals(service))
            .findFirst()
            .orElseThrow();
    return new Definitions().read(found.fmri().instance("default"), found.groups(), found.origin());
  }

  private List<String> environment(String service) {
    return definition(service)
        .method(MethodKind.START)
        .orElseThrow()
        .context()
        .environment()
        .stream()
        .filter(it -> !it.equals("PATH=" + MethodContext.USUAL_PATH))
        .toList();
  }

  private String start(String service) {
    return definition(service).method(MethodKind.START).orElseThrow().exec().orElseThrow();
  }

  private Problem problem() {
    return read().stream().flatMap(it -> it.problems().stream()).findFirst().orElseThrow();
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void anOverrideBesideTheFileIsMergedOverItHoweverItComes(boolean companion) {
    file(
            "compose.yaml",
            """
            services:
              web:
                command: [web, --port, "80"]
                environment: [A=1, B=2]
                depends_on: [db]
                group_add: [adm]
                user: web
              db: {command: db}
            """)
        .add(
            "compose.override.yaml",
            """
            services:
              web:
                command: [web, --debug]
                environment: {B: "3", C: "4"}
                depends_on: {cache: {condition: service_started}}
                group_add: !override [tty]
                user: !reset null
              cache: {command: cache}
            """,
            companion);
    assertThat(services()).containsExactly("shop/web", "shop/db", "shop/cache");
    assertThat(start("shop/web")).isEqualTo("web --debug");
    assertThat(environment("shop/web")).containsExactly("A=1", "B=3", "C=4");
    assertThat(definition("shop/web").dependencies())
        .extracting("name")
        .containsExactlyInAnyOrder("depends_on_db", "depends_on_cache");
    var context = definition("shop/web").method(MethodKind.START).orElseThrow().context();
    assertThat(context.supplementaryGroups().orElseThrow()).containsExactly("tty");
    assertThat(context.user()).isEmpty();
  }

  @Test
  void anOverrideOfAnotherNameStandsForItself() {
    file("compose.yaml", "services: {a: {command: a}}")
        .file("compose.prod.yaml", "services:\n  b: {command: b}\n");
    assertThat(services()).containsExactly("shop/a", "shop/b");
  }

  @Test
  void whatIsIncludedHasItsOwnVariablesAndItsFilesBesideIt() {
    file(
            "compose.yaml",
            """
            include:
              - db/compose.yaml
              - path: [cache.yaml]
                env_file: cache.env
            services:
              web: {command: "web ${PORT} $$x", depends_on: [db, cache]}
            """)
        .beside(".env", "PORT=80\nSHARED=ours\n")
        .beside("cache.env", "SIZE=64m\n")
        .beside("cache.yaml", "services: {cache: {command: 'cache ${SIZE} ${PORT} $$y'}}")
        .beside(
            "db/compose.yaml",
            "services: {db: {command: 'db ${NAME} ${SHARED}', env_file: db.env}}")
        .beside("db/.env", "NAME=main\nSHARED=theirs\n")
        .beside("db/db.env", "SECRET=1\n");
    assertThat(services()).containsExactly("shop/cache", "shop/db", "shop/web");
    assertThat(start("shop/web")).isEqualTo("web 80 '$x'");
    assertThat(start("shop/db")).isEqualTo("db main ours");
    assertThat(start("shop/cache")).isEqualTo("cache 64m 80 '$y'");
    assertThat(environment("shop/db")).containsExactly("SECRET=1");
  }

  @Test
  void includedFilesOfADirectoryAreNoProjectsOfTheirOwn() {
    file("compose.yaml", "include: [db.yaml]\nservices:\n  web: {command: web}\n")
        .file("db.yaml", "services:\n  db: {command: db}\n");
    assertThat(services()).containsExactly("shop/db", "shop/web");
    assertThat(read().get(1).services()).isEmpty();
  }

  @Test
  void aFileOfIncludesAloneIsOne() {
    SourceFile only =
        new SourceFile("compose.yaml", "include:\n  - a.yaml\n".getBytes(StandardCharsets.UTF_8));
    assertThat(new ComposeReader().recognizes(only)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"../out.yaml", "/etc/passwd", "none.yaml", "compose.yaml", "again.yaml"})
  void whatLiesElsewhereOrIncludesItselfIsRefused(String name) {
    file("compose.yaml", "include: [" + name + "]\nservices:\n  a: {command: a}\n")
        .beside("../out.yaml", "services: {b: {command: b}}")
        .beside("again.yaml", "include: [again.yaml]\nservices: {c: {command: c}}");
    assertThat(problem().message()).startsWith("cannot include \"" + name + "\"");
  }

  @Test
  void aServiceIsDescribedOnce() {
    file("compose.yaml", "include: [db.yaml]\nservices:\n  db: {command: x}\n")
        .beside("db.yaml", "services:\n  db: {command: db}\n");
    assertThat(problem().toString())
        .startsWith("/srv/shop/db.yaml:2:3: cannot describe the service \"db\" twice");
  }

  @Test
  void aServiceOfAnotherFileIsExtended() {
    file(
            "compose.yaml",
            """
            services:
              web:
                extends: {file: common/base.yaml, service: app}
                environment: {B: "2"}
            """)
        .beside(
            "common/base.yaml",
            """
            services:
              app:
                extends: root
                environment: {A: "1", B: "1"}
                env_file: app.env
                depends_on: [nobody]
              root: {command: [run, it]}
            """)
        .beside("common/app.env", "C=3\n");
    assertThat(services()).containsExactly("shop/web");
    assertThat(start("shop/web")).isEqualTo("run it");
    assertThat(environment("shop/web")).containsExactlyInAnyOrder("A=1", "B=2", "C=3");
  }

  @ParameterizedTest
  @ValueSource(strings = {"../base.yaml", "none.yaml", "/etc/passwd"})
  void aFileElsewhereIsNotExtended(String name) {
    file("compose.yaml", "services: {a: {extends: {file: " + name + ", service: b}}}")
        .beside("../base.yaml", "services: {b: {command: b}}");
    assertThat(problem().message()).startsWith("cannot extend \"b\" of");
  }

  @Test
  void aMistakeInAnotherFileHasItsPlaceThere() {
    file("compose.yaml", "include: [db.yaml]\nservices:\n  a: {command: a}\n")
        .beside("db.yaml", "services:\n  db: {restart: maybe, command: x}\n");
    assertThat(problem().toString())
        .startsWith("/srv/shop/db.yaml:2:8: cannot use the restart policy \"maybe\"");
  }

  @Test
  void deployedRestartPoliciesWin() {
    file(
        "compose.yaml",
        """
        services:
          a:
            command: a
            restart: "no"
            deploy:
              restart_policy: {condition: on-failure, delay: 5s, max_attempts: 3, window: 2m}
          b: {command: b, restart: "on-failure:4"}
        """);
    StartdOptions a = definition("shop/a").startd();
    assertThat(a.restart()).isEqualTo(StartdOptions.Restart.ON_FAILURE);
    assertThat(a.restartDelay()).isEqualTo(Duration.ofSeconds(5));
    assertThat(a.criticalFailureCount()).isEqualTo(3);
    assertThat(a.criticalFailurePeriod()).isEqualTo(Duration.ofMinutes(2));
    assertThat(definition("shop/b").startd().criticalFailureCount()).isEqualTo(4);
  }

  @Test
  void aCharacterOfTwoHalvesIsReadWhereverItStands() {
    for (int before = 1000; before < 1030; before++) {
      files.clear();
      file("compose.yaml", "services: {a: {command: [echo, '" + "x".repeat(before) + "🙂🙂']}}");
      assertThat(services()).hasSize(1);
    }
  }

  private static final String VERSION_ONE =
      """
      # of Fig's days
      web:
        build: .
        command: web --port 80

        links:
          - db
      db:
        image: db
        command: db
      """;

  @ParameterizedTest
  @ValueSource(strings = {"docker-compose.yml", "fig.yml"})
  void servicesOfTheFirstVersionStandAtTheTop(String name) {
    file(name, VERSION_ONE);
    assertThat(new ComposeReader().recognizes(files.getFirst())).isTrue();
    assertThat(services()).containsExactly("shop/web", "shop/db");
    assertThat(start("shop/web")).isEqualTo("web --port 80");
    assertThat(definition("shop/web").dependencies()).hasSize(1);
    assertThat(read().getFirst().notes()).anyMatch(it -> it.construct().equals("version 1"));
  }

  @Test
  void whatIsNamedAsComposeNamesItIsNotTakenForOurOwnFormat() {
    file("compose.yaml", "volumes: {data: {}}\n");
    assertThat(new ComposeReader().recognizes(files.getFirst())).isTrue();
    assertThat(problem().message()).isEqualTo("cannot find services");
  }

  @Test
  void anyOtherMappingIsNoServiceOfTheFirstVersion() {
    file("values.yaml", "web:\n  port: 80\nimage: x\nother:\n  x:\n\nlast: {image: x}\n");
    file(
        "deployment.yaml",
        """
        kind: Deployment
        spec:
          replicas: 1
          template:
            spec:
              containers:
                - name: web
                  image: web
        """);
    assertThat(files).noneMatch(new ComposeReader()::recognizes);
  }

  @Test
  void variablesInFilesOfVariablesAreReplaced() {
    file(
            "compose.yaml",
            """
            services:
              web: {command: "web ${URL}", env_file: web.env}
            """)
        .beside(".env", "HOST=db\nURL=http://${HOST}:80\n")
        .beside(
            "web.env",
            "A=1\nB=${A}2\nC=\"$B \\$A\"\nD='$A'\nE=$HOST\nF=${NONE:-x}\nG=[$NONE]\nH=a$$b\n");
    assertThat(start("shop/web")).isEqualTo("web http://db:80");
    assertThat(environment("shop/web"))
        .containsExactly("A=1", "B=12", "C=12 $A", "D=$A", "E=db", "F=x", "G=[]", "H=a$b");
    assertThat(read().getFirst().notes())
        .anyMatch(it -> it.construct().equals("${NONE}") && it.text().contains("no value"));
  }
}
