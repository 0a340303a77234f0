package bespoke.cli;

import static org.assertj.core.api.Assertions.assertThat;

import bespoke.api.AppliedRecord;
import bespoke.api.Change;
import bespoke.api.ConfigurationRequest;
import bespoke.api.EdgeDifferenceRecord;
import bespoke.api.EdgeRecord;
import bespoke.api.EditingRequest;
import bespoke.api.ErrorKind;
import bespoke.api.NameRecord;
import bespoke.api.Outcome;
import bespoke.api.Request;
import bespoke.cli.render.EdgeDifferences;
import bespoke.cli.shell.ConfigurationShell;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The client's part of `smf.md` 8.5 and 12.7, C16-C18.
class SvccfgTest extends SvccfgFixture {

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
  void aGroupThatShouldVanishIsMadeAndThePersonTold() {
    Shell.Result result = shell.run("svccfg -s t/a addpg cache application P");
    assertThat(result.status()).isZero();
    assertThat(result.err()).contains("the group is kept over a reboot");
    assertThat(changes()).hasSize(1);
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
}
