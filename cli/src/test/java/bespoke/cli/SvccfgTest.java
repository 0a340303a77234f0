package bespoke.cli;

import static org.assertj.core.api.Assertions.assertThat;

import bespoke.api.AppliedRecord;
import bespoke.api.Change;
import bespoke.api.ChangeRecord;
import bespoke.api.ChangeRequest;
import bespoke.api.ComparisonRequest;
import bespoke.api.ConfigurationRequest;
import bespoke.api.ConfiguredEntity;
import bespoke.api.ConstructRecord;
import bespoke.api.DescriptionRecord;
import bespoke.api.EdgeDifferenceRecord;
import bespoke.api.EdgeRecord;
import bespoke.api.EditingRequest;
import bespoke.api.ErrorKind;
import bespoke.api.ImportedRecord;
import bespoke.api.InstanceRequest;
import bespoke.api.MemberRecord;
import bespoke.api.NameRecord;
import bespoke.api.Outcome;
import bespoke.api.PlanEffectRecord;
import bespoke.api.PlanRecord;
import bespoke.api.ProblemRecord;
import bespoke.api.PropertyGroupRecord;
import bespoke.api.PropertyRecord;
import bespoke.api.Reply;
import bespoke.api.Request;
import bespoke.api.SourceText;
import bespoke.api.TextRecord;
import bespoke.api.TransactionRequest;
import bespoke.cli.render.EdgeDifferences;
import bespoke.cli.shell.ConfigurationShell;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The client's part of `smf.md` 8.5 and 12.7, C16-C18.
class SvccfgTest {

  @TempDir Path root;
  private FakeDaemon daemon;
  private Shell shell;

  @BeforeEach
  void start() throws IOException {
    daemon = new FakeDaemon(root);
    daemon.with(
        Samples.online("svc:/t/a:default"),
        Samples.online("svc:/t/b:x"),
        Samples.online("svc:/u/b:x"));
    daemon.answering(SvccfgTest::answer);
    shell = new Shell(root);
  }

  @AfterEach
  void stop() throws IOException {
    daemon.close();
  }

  private static List<Reply> answer(Request request) {
    return switch (request) {
      case ConfigurationRequest.ListNames names when names.entity().isEmpty() ->
          List.of(new NameRecord("t/a"), new NameRecord("t/b"), new NameRecord("u/b"), Outcome.OK);
      case ConfigurationRequest.ListNames names -> List.of(new NameRecord("default"), Outcome.OK);
      case ConfigurationRequest.ListSnapshots snapshots ->
          List.of(new NameRecord("initial"), Outcome.OK);
      case ConfigurationRequest.Properties properties ->
          List.of(
              new ConfiguredEntity(
                  "svc:/t/a:default",
                  List.of(
                      new PropertyGroupRecord(
                          "config",
                          "application",
                          true,
                          List.of(
                              new PropertyRecord("port", "integer", List.of("80"), false, "", ""),
                              new PropertyRecord(
                                  "message", "astring", List.of("a b"), false, "", ""))),
                      new PropertyGroupRecord("restarter", "framework", false, List.of()))),
              Outcome.OK);
      case ConfigurationRequest.Export export ->
          List.of(new TextRecord("service: t/a\n"), Outcome.OK);
      default -> List.of(Outcome.OK);
    };
  }

  private List<Request> changes() {
    return daemon.requests().stream()
        .filter(r ->
            !(r instanceof InstanceRequest.ListInstances)
                && !(r instanceof ConfigurationRequest.ListNames))
        .toList();
  }

  @Test
  void aPropertyIsSetWithTypeAndValuesInSmfsSyntax() {
    shell.run("svccfg -s t/a setprop config/port = integer: 8080");
    shell.run(List.of("svccfg", "-s", "t/a", "setprop", "c/m", "=", "astring:", "\"hello world\""));
    shell.run("svccfg -s t/a:default setprop c/list = astring: ( a \"b c\" )");
    shell.run("svccfg -s t/a setprop c/list=( )");
    assertThat(changes())
        .containsExactly(
            edit("svc:/t/a", "config", "port", "integer", "8080"),
            edit("svc:/t/a", "c", "m", "astring", "hello world"),
            edit("svc:/t/a:default", "c", "list", "astring", "a", "b c"),
            edit("svc:/t/a", "c", "list", ""));
  }

  private static Request edit(
      String entity, String group, String property, String type, String... values) {
    return new ConfigurationRequest.Edit(
        entity, List.of(new Change("setprop", group, property, type, List.of(values), true)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "svccfg -s t/a setprop port = 1",
        "svccfg -s t/a setprop a/b 1",
        "svccfg -s t/a setprop a/b = 1 2",
        "svccfg -s t/a addpg x",
        "svccfg -s t/a setprop a/b = \"x",
        "svccfg fly",
        "svccfg listprop",
        "svccfg -s nosuch listprop",
        "svccfg select b",
        "svccfg -s t/a selectsnap initial",
        "svccfg -s t/a:default selectsnap none"
      })
  void whatCannotBeDoneChangesNothingAndExitsWithOne(String line) {
    Shell.Result result = shell.run(line);
    assertThat(result.status()).isEqualTo(1);
    assertThat(result.err()).startsWith("svccfg: ");
    assertThat(changes()).allMatch(r -> r instanceof ConfigurationRequest.ListSnapshots);
  }

  @Test
  void anAmbiguousNameListsTheCandidates() {
    assertThat(shell.run("svccfg select b").err())
        .isEqualTo("svccfg: Pattern 'b' matches multiple instances:\n\tsvc:/t/b\n\tsvc:/u/b\n");
  }

  @Test
  void aScriptStopsAtItsFirstErrorAndNamesTheLine() throws IOException {
    Path script =
        Files.writeString(
            root.resolve("script"),
            "select t/a\n# a comment\n\naddpg config application\nfly\ndelpg config\n");
    Shell.Result result = shell.run("svccfg -f " + script);
    assertThat(result.status()).isEqualTo(1);
    assertThat(result.err())
        .isEqualTo("svccfg (" + script + ", line 5): Unknown subcommand \"fly\".\n");
    assertThat(changes())
        .containsExactly(
            new ConfigurationRequest.Edit(
                "svc:/t/a",
                List.of(new Change("addpg", "config", "", "application", List.of(), true))));
  }

  @Test
  void aScriptIsReadFromStandardInputAndMaySpreadValuesOverLines() {
    Shell.Result result =
        shell.input("select t/a\nsetprop c/l = astring: ( a\n  b\n)\nend\nfly\n").run("svccfg");
    assertThat(result).isEqualTo(new Shell.Result(0, "", ""));
    assertThat(changes()).containsExactly(edit("svc:/t/a", "c", "l", "astring", "a", "b"));
  }

  @Test
  void aConversationGoesOnAfterAMistakeAndShowsTheSelection() {
    Shell.Result result =
        shell
            .onTerminal()
            .input("select t/a:default\nfly\nselectsnap initial\nquit\n")
            .run("svccfg");
    assertThat(result.status()).isZero();
    assertThat(result.out())
        .isEqualTo(
            "svc:> svc:/t/a:default> Unknown subcommand \"fly\".  Type help for a list.\n"
                + "svc:/t/a:default> [initial]svc:/t/a:default> ");
  }

  @Test
  void listingsAreAligned() {
    assertThat(shell.run("svccfg -s t/a:default listprop").out())
        .isEqualTo(
            """
            config          application
            config/port     integer      80
            config/message  astring      "a b"
            restarter       framework
            """);
    assertThat(shell.run("svccfg -s t/a:default listprop *port").out())
        .isEqualTo("config/port  integer  80\n");
    assertThat(shell.run("svccfg -s t/a:default listpg").out())
        .isEqualTo("config     application\nrestarter  framework    NONPERSISTENT\n");
    assertThat(shell.run("svccfg list").out()).isEqualTo("t/a\nt/b\nu/b\n");
    assertThat(shell.run("svccfg -s t/a list").out()).isEqualTo(":properties\ndefault\n");
  }

  @Test
  void filesAndDirectoriesAreHandedOverWithTheirContent() throws IOException {
    Path directory = Files.createDirectories(root.resolve("manifests/deep"));
    Path one = Files.writeString(directory.resolve("one.yaml"), "service: one\n");
    Files.writeString(directory.resolve("README"), "not a description");
    Path two = Files.writeString(root.resolve("two.txt"), "service: two\n");
    daemon.answering(request -> List.of(new ImportedRecord("svc:/one", "created"), Outcome.OK));
    Shell.Result result = shell.run("svccfg -v import " + root.resolve("manifests") + " " + two);
    assertThat(result).isEqualTo(new Shell.Result(0, "svc:/one created\n", ""));
    assertThat(daemon.requests())
        .containsExactly(
            new ConfigurationRequest.Import(
                List.of(
                    new SourceText(one.toString(), "service: one\n"),
                    new SourceText(two.toString(), "service: two\n")),
                false,
                true));
  }

  @Test
  void problemsAreReportedWithTheirPlace() throws IOException {
    Path file = Files.writeString(root.resolve("bad.yaml"), "x");
    daemon.answering(request ->
        List.of(
            new ProblemRecord(file.toString(), 3, 5, "error", "cannot use \"x\"; remove it"),
            new Outcome(ErrorKind.INVALID.word(), 1, List.of(), List.of())));
    assertThat(shell.run("svccfg validate " + file))
        .isEqualTo(
            new Shell.Result(
                1,
                "",
                "svccfg: "
                    + file
                    + ":3:5: cannot use \"x\"; remove it\nsvccfg: Validation failed.\n"));
    assertThat(shell.run("svccfg import " + root.resolve("none.yaml")).err())
        .isEqualTo("svccfg: cannot read " + root.resolve("none.yaml") + ": it does not exist\n");
  }

  private static final ConstructRecord EXACT =
      new ConstructRecord("web.xml", 3, 5, "exact", "<dependency>", "");
  private static final ConstructRecord DROPPED =
      new ConstructRecord("web.xml", 9, 3, "dropped", "<x>", "bespoke has no x");

  private void reporting(int approximated, int dropped) {
    daemon.answering(request ->
        List.of(
            new DescriptionRecord("web.xml", "smf", 1, 12, approximated, dropped, 0),
            EXACT,
            DROPPED,
            new ImportedRecord("svc:/t/new:default", "created"),
            Outcome.OK));
  }

  @Test
  void anImportReportsWhatIsLostAndCountsTheRest() throws IOException {
    Path file = Files.writeString(root.resolve("web.xml"), "<service_bundle/>");
    reporting(0, 1);
    assertThat(shell.run("svccfg import " + file))
        .isEqualTo(
            new Shell.Result(
                6,
                """
                web.xml:9:3: dropped: <x>: bespoke has no x
                web.xml (smf): 1 service; 12 exact, 0 approximated, 1 dropped
                """,
                ""));
    assertThat(shell.run("svccfg -v import " + file).out())
        .startsWith("web.xml:3:5: exact: <dependency>\n")
        .contains("svc:/t/new:default created\n");
  }

  @Test
  void theExitStatusSaysHowMuchSurvived() throws IOException {
    Path file = Files.writeString(root.resolve("web.xml"), "<service_bundle/>");
    reporting(0, 0);
    assertThat(shell.run("svccfg import " + file).status()).isZero();
    reporting(2, 0);
    assertThat(shell.run("svccfg import " + file).status()).isEqualTo(5);
    reporting(2, 1);
    assertThat(shell.run("svccfg validate " + file).status()).isEqualTo(6);
    Shell.Result planned = shell.run("svccfg import --plan " + file);
    assertThat(planned.status()).isEqualTo(1);
    assertThat(planned.out())
        .contains("web.xml:9:3: dropped", "svc:/t/new:default created\n", "no service would start");
    assertThat(daemon.requests().getLast()).isInstanceOf(ChangeRequest.Plan.class);
  }

  @Test
  void everyChangeCanBePlannedByItsOwnOptionOrThatOfTheCommand() {
    daemon.answering(request ->
        List.of(
            new PlanEffectRecord(
                1, "svc:/t/a:default", "stop", "online", "", 0, "gone", List.of(), "", true),
            new PlanRecord("3-1", 1, true, true, false, "terminal", false, ""),
            Outcome.OK));
    for (String line :
        List.of(
            "svccfg -n delete -f svc:/t/a:default",
            "svccfg delete --plan -f svc:/t/a:default",
            "svccfg delete -n -f svc:/t/a:default",
            "svccfg -n -s svc:/t/a:default setprop config/port = 8080",
            "svccfg -s svc:/t/a:default refresh --plan")) {
      Shell.Result result = shell.run(line);
      assertThat(result.status()).as(line).isEqualTo(1);
      assertThat(result.out()).as(line).contains("wave 1", "svccfg --apply 3-1");
    }
    assertThat(daemon.requests())
        .filteredOn(it ->
            !(it instanceof ConfigurationRequest.Properties
                || it instanceof ConfigurationRequest.ListNames
                || it instanceof InstanceRequest.ListInstances))
        .hasSize(5)
        .allMatch(it -> it instanceof ChangeRequest.Plan);
  }

  /// Plans that a restarts and b follows it; anything else is done.
  private void changing(String failure) {
    List<Reply> change =
        List.of(
            new ChangeRecord(0, "planned", "", "anna", "import", "", 0, 0, 1, 1, 0),
            new MemberRecord(
                "svc:/t/a:default", "changed", "restart", 1, "online", List.of("c/l 1 -> 2")));
    daemon.answering(request -> {
      if (!(request instanceof ChangeRequest.Plan)) {
        return List.of(Outcome.OK);
      }
      List<Reply> answer = new ArrayList<>(change);
      answer.add(
          new PlanEffectRecord(
              1, "svc:/t/b:x", "restart", "online", "online", 9, "x", List.of(), "", false));
      answer.add(new PlanRecord("3-1", 1, true, true, false, "terminal", true, failure));
      answer.add(Outcome.OK);
      return answer;
    });
  }

  @Test
  void aChangeOfManyServicesIsPlannedAskedForAndApplied() throws IOException {
    Path file = Files.writeString(root.resolve("web.yaml"), "service: t/a\n");
    changing("");
    Shell.Result planned = shell.run("svccfg change import -n " + file);
    assertThat(planned.status()).isEqualTo(1);
    assertThat(planned.out())
        .contains("1 instance in 1 wave", "c/l 1 -> 2", "restart  svc:/t/b:x", "--apply 3-1");
    assertThat(shell.run("svccfg --json -n change revert 7").out())
        .startsWith("{")
        .contains("\"members\":", "\"effects\":", "\"failure\":\"\"");
    assertThat(daemon.requests()).allMatch(ChangeRequest.Plan.class::isInstance);
    assertThat(shell.onTerminal("svccfg change import " + file, "n\n").status()).isEqualTo(1);
    assertThat(daemon.requests()).allMatch(ChangeRequest.Plan.class::isInstance);
    shell.onTerminal("svccfg change import " + file, "y\n");
    assertThat(daemon.requests().getLast()).isEqualTo(new ChangeRequest.Apply("3-1"));
    shell.run("svccfg change import " + file);
    assertThat(daemon.requests().getLast()).isInstanceOf(TransactionRequest.ImportChange.class);
    shell.run("svccfg change revert -y 7");
    assertThat(daemon.requests().getLast()).isInstanceOf(ChangeRequest.Confirmed.class);
  }

  @Test
  void aChangeThatWouldBeTakenBackIsNotOffered() throws IOException {
    Path file = Files.writeString(root.resolve("web.yaml"), "service: t/a\n");
    changing("svc:/t/a:default is offline for good");
    assertThat(shell.run("svccfg change import -n " + file).out())
        .endsWith("It would be rolled back: svc:/t/a:default is offline for good.\n")
        .doesNotContain("--apply");
  }

  @Test
  void theReportIsOneDocumentOfJson() throws IOException {
    Path file = Files.writeString(root.resolve("web.xml"), "<service_bundle/>");
    reporting(0, 1);
    String json = shell.run("svccfg import --json --strict --format smf " + file).out();
    assertThat(json)
        .contains("\"files\":[{\"file\":\"web.xml\",\"format\":\"smf\",\"services\":1,\"exact\":12")
        .contains("\"constructs\":[{\"file\":\"web.xml\",\"line\":3")
        .endsWith("}\n");
    assertThat(changes())
        .containsExactly(
            new ConfigurationRequest.Import(
                List.of(new SourceText(file.toString(), "<service_bundle/>")),
                "smf",
                true,
                false,
                false,
                true));
  }

  @Test
  void whatAFileIncludesComesAlongFromItsDirectoryOnly() throws IOException {
    Files.writeString(root.resolve("outside.xml"), "x");
    Path inside = Files.createDirectory(root.resolve("m"));
    Files.write(inside.resolve("part.xml"), new byte[] {(byte) 0xE9});
    Files.createSymbolicLink(inside.resolve("link.xml"), root.resolve("outside.xml"));
    String text =
        "<xi:include href='part.xml'/><xi:include href='../outside.xml'/>"
            + "<xi:include href='link.xml'/><xi:include href='none.xml'/>";
    Path file = Files.writeString(inside.resolve("a.xml"), text);
    Path unit = Files.writeString(root.resolve("w.service"), "[Unit]\n");
    Path dropIns = Files.createDirectory(root.resolve("w.service.d"));
    Files.writeString(dropIns.resolve("b.conf"), "[Service]\n");
    shell.run("svccfg import " + file + " " + unit);
    assertThat(changes())
        .containsExactly(
            new ConfigurationRequest.Import(
                List.of(
                    new SourceText(file.toString(), text),
                    new SourceText(unit.toString(), "[Unit]\n"),
                    new SourceText(inside.resolve("part.xml").toString(), "6Q==", true, "", true),
                    new SourceText(
                        dropIns.resolve("b.conf").toString(), "[Service]\n", false, "", true)),
                false,
                true));
  }

  @Test
  void exportGoesToStandardOutputOrIntoAFile() throws IOException {
    assertThat(shell.run("svccfg export t/a").out()).isEqualTo("service: t/a\n");
    Path file = root.resolve("out.yaml");
    shell.input("export t/a > " + file + "\n").run("svccfg");
    assertThat(file).hasContent("service: t/a\n");
  }

  @Test
  void deletionMayBeForced() {
    shell.run("svccfg delete t/a");
    shell.run("svccfg delete -f t/a:default");
    assertThat(changes())
        .containsExactly(
            new ConfigurationRequest.Delete("svc:/t/a", false),
            new ConfigurationRequest.Delete("svc:/t/a:default", true));
  }

  @Test
  void anEnvironmentVariableIsAddedToTheMethod() {
    shell.run("svccfg -s t/a setenv -m config LANG C");
    assertThat(changes())
        .endsWith(
            new ConfigurationRequest.Edit(
                "svc:/t/a",
                List.of(
                    new Change(
                        "setprop", "config", "environment", "astring", List.of("LANG=C"), true))));
  }

  @Test
  void helpNamesEverySubcommand() {
    String help = shell.run("svccfg help").out();
    assertThat(help).contains("  setprop pg/property = [type:] value\n", "  import ");
    assertThat(ConfigurationShell.subcommands()).allMatch(name -> help.contains("  " + name));
  }

  @Test
  void aThousandChangesOfAScriptAreAHandfulOfRequests() throws IOException {
    StringBuilder lines = new StringBuilder();
    for (int i = 0; i < 1000; i++) {
      lines.append("select t/").append(i % 2 == 0 ? "a" : "b").append('\n');
      lines.append("setprop config/property").append(i).append(" = integer: 1\n");
    }
    Path script = Files.writeString(root.resolve("script"), lines.toString().replace("t/b", "t/a"));
    assertThat(shell.run("svccfg -f " + script)).isEqualTo(new Shell.Result(0, "", ""));
    assertThat(changes().size()).isBetween(1, 6);
    int edits = 0;
    for (Request request : changes()) {
      edits += ((EditingRequest.Script) request).edits().size();
    }
    assertThat(edits).isEqualTo(1000);
    assertThat(daemon.requests().size() - changes().size()).isLessThan(10);
  }

  @Test
  void aRefusedChangeIsReportedWithItsOwnLine() throws IOException {
    daemon.answering(request ->
        request instanceof EditingRequest.Script
            ? List.of(new AppliedRecord(1), Outcome.failed(ErrorKind.STATE, "no"))
            : List.of(new NameRecord("t/a"), Outcome.OK));
    Path script =
        Files.writeString(
            root.resolve("script"),
            "select svc:/t/a\nsetprop a/b = 1\n\nsetprop a/c = 2\nsetprop a/d = 3\nfly\n");
    assertThat(shell.run("svccfg -f " + script).err())
        .isEqualTo("svccfg (" + script + ", line 4): no\n");
  }

  @Test
  void whatIsAskedInAScriptSeesTheChangesBeforeIt() throws IOException {
    Path script =
        Files.writeString(
            root.resolve("script"), "select t/a:default\nsetprop a/b = 1\nlistprop\n");
    shell.run("svccfg -f " + script);
    assertThat(changes()).element(0).isEqualTo(edit("svc:/t/a:default", "a", "b", "", "1"));
  }

  @Test
  void edgesAreEditedInWords() {
    shell.run("svccfg -s t/a adddep t/b restart on error");
    shell.run("svccfg -s t/a setdep optional t/b as database");
    shell.run("svccfg -s t/a deldep t/b /etc/hosts");
    assertThat(changes())
        .containsExactly(
            edge("add", "", "", "error", "t/b"),
            edge("set", "database", "optional_all", "", "t/b"),
            edge("delete", "", "", "", "t/b", "/etc/hosts"));
    assertThat(shell.run("svccfg -s t/a adddep t/b restart on weather").err())
        .contains("it can be none, error, restart or refresh");
    assertThat(shell.run("svccfg -s t/a adddep").err()).contains("Usage: adddep");
  }

  private static Request edge(
      String action, String name, String grouping, String restartOn, String... targets) {
    return new EditingRequest.EditDependency(
        "svc:/t/a", action, name, grouping, restartOn, List.of(targets));
  }

  @Test
  void theDifferenceOfAnEdgeReadsAsASentence() {
    EdgeRecord before =
        new EdgeRecord("svc:/t/a", "svc:/t/b", "b", "require_all", "none", "t.yaml:3:1");
    EdgeRecord after =
        new EdgeRecord("svc:/t/a", "svc:/t/b", "b", "optional_all", "error", "administrator anna");
    assertThat(
            EdgeDifferences.of(
                new EdgeDifferenceRecord("svc:/t/a", List.of(before), List.of(after))))
        .isEqualTo(
            """
            svc:/t/a
              - needs svc:/t/b  [b: require_all/none, t.yaml:3:1]
              + comes after, if it is enabled, svc:/t/b, and restarts when it fails  [b: optional_all/error, administrator anna]
            """);
  }

  @Test
  void sidesOfADifferenceAreNamesOrFiles() throws IOException {
    Path file = Files.writeString(root.resolve("t.yaml"), "service: t/a\n");
    shell.run("svccfg -s t/a:default diff");
    shell.run("svccfg diff " + file + " running");
    assertThat(changes())
        .containsExactly(
            new ComparisonRequest.Compare(
                List.of("svc:/t/a:default"), "running", "current", List.of()),
            new ComparisonRequest.Compare(
                List.of(),
                "file:" + file,
                "running",
                List.of(new SourceText(file.toString(), "service: t/a\n"))));
  }
}
