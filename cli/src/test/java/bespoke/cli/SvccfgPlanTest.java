package bespoke.cli;

import static org.assertj.core.api.Assertions.assertThat;

import bespoke.api.ChangeRecord;
import bespoke.api.ChangeRequest;
import bespoke.api.ConfigurationRequest;
import bespoke.api.InstanceRequest;
import bespoke.api.MemberRecord;
import bespoke.api.Outcome;
import bespoke.api.PlanEffectRecord;
import bespoke.api.PlanRecord;
import bespoke.api.Reply;
import bespoke.api.TransactionRequest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What `svccfg` would do, and changes of many services.
class SvccfgPlanTest extends SvccfgFixture {

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

  @ParameterizedTest
  @ValueSource(
      strings = {
        "svccfg change import -n none.yaml",
        "svccfg change import --plan none.yaml",
        "svccfg -n change import none.yaml",
        "svccfg change revert -n seven",
        "svccfg change import -n --patience none",
        "svccfg apply -n none.yaml",
        "svccfg apply --plan none.yaml",
        "svccfg import --plan none.yaml",
        "svccfg -n import none.yaml",
        "svccfg -n -s nosuch refresh",
        "svccfg -n -f none.script",
        "svccfg -s t/a setprop --plan port = 1",
        "svccfg -s t/a -n fly"
      })
  void aPlanThatCannotBeMadeIsNoPlanOfChanges(String line) {
    assertThat(shell.run(line).status()).isEqualTo(2);
    assertThat(shell.run(line.replaceAll(" (-n|--plan)", "")).status()).isEqualTo(1);
  }

  @Test
  void aPlanInAScriptThatCannotBeMadeEndsItWithTwo() {
    Shell.Result result = shell.input("select t/a\nchange import -n none.yaml\n").run("svccfg");
    assertThat(result.status()).isEqualTo(2);
    assertThat(result.err()).startsWith("svccfg: cannot read none.yaml");
  }
}
