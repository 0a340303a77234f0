package bespoke.daemon;

import static org.assertj.core.api.Assertions.assertThat;

import bespoke.api.Change;
import bespoke.api.ChangeRequest;
import bespoke.api.ConfigurationRequest;
import bespoke.api.InstanceRequest;
import bespoke.api.PlanEffectRecord;
import bespoke.api.PlanRecord;
import bespoke.api.Request;
import bespoke.api.SourceText;
import bespoke.api.TransactionRequest;
import bespoke.api.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Changes of configuration are planned by the very code that makes them, on a repository that
/// keeps nothing.
class PlannedChangeTest {
  private static final String WEB = "svc:/site/web:default";
  private static final String DB =
      """
      service: site/db
      enabled: true
      methods: {start: {exec: sleep 1000}, refresh: {exec: "true"}}
      startd: {duration: child}
      property_groups: {config: {port: 1}}
      """;

  @TempDir Path root;
  @TempDir Path manifests;

  /// What a plan says.
  private record Planned(List<String> effects, PlanRecord plan, String outcome) {}

  private static Planned plan(DaemonProcess daemon, Request request) throws IOException {
    List<String> lines = daemon.ask(new ChangeRequest.Plan(request));
    return new Planned(
        lines.stream()
            .filter(line -> line.startsWith("{\"effect\""))
            .map(line -> PlanEffectRecord.from(object(line, "effect")))
            .map(effect -> effect.effect() + " " + effect.fmri())
            .toList(),
        lines.stream()
            .filter(line -> line.startsWith("{\"plan\""))
            .map(line -> PlanRecord.from(object(line, "plan")))
            .findFirst()
            .orElseThrow(),
        lines.getLast());
  }

  private static JsonObject object(String line, String kind) {
    return JsonObject.parse(line.getBytes(StandardCharsets.UTF_8)).object(kind);
  }

  private static Request importing(String name, String text) {
    return new ConfigurationRequest.Import(List.of(new SourceText(name, text)), false, true);
  }

  private static Request edit(String entity, String kind, String group, String property, String v) {
    return new ConfigurationRequest.Edit(
        entity, List.of(new Change(kind, group, property, "", List.of(v), true)));
  }

  private static Request refresh(String entity) {
    return new InstanceRequest.Act(
        "refresh", List.of(entity), "", false, false, false, false, false, false, "");
  }

  @Test
  void everyKindOfChangeIsForeseenAndNothingIsKeptUntilThePlanIsApplied() throws Exception {
    Files.writeString(manifests.resolve("db.yaml"), DB);
    Files.writeString(
        manifests.resolve("web.yaml"),
        """
        service: site/web
        enabled: true
        methods: {start: {exec: sleep 1000}}
        startd: {duration: child}
        dependencies:
          db: {grouping: require_all, restart_on: restart, services: [site/db]}
        """);
    try (DaemonProcess daemon = DaemonProcess.start(root, manifests)) {
      daemon.awaitSettled();

      assertThat(daemon.instance("web").state()).isEqualTo("online");
      Planned deletion = plan(daemon, new ConfigurationRequest.Delete("site/db", true));
      assertThat(deletion.effects())
          .as(deletion.outcome())
          .containsExactlyInAnyOrder("stop " + WEB, "delete svc:/site/db:default");
      assertThat(plan(daemon, new ConfigurationRequest.Delete("site/db", false)).outcome())
          .contains("Disable it first");

      Planned fresh = plan(daemon, importing("x.yaml", DB.replace("site/db", "site/x")));
      assertThat(fresh.effects()).containsExactly("start svc:/site/x:default");
      assertThat(plan(daemon, importing("x.yaml", "service: site/x\nstart: [\n")).outcome())
          .contains("\"status\":1");

      Planned edited = plan(daemon, edit("svc:/site/db", "setprop", "config", "port", "2"));
      assertThat(edited.plan().untilRefresh()).as(edited.outcome()).isTrue();
      assertThat(edited.effects()).contains("refresh svc:/site/db:default");
      assertThat(plan(daemon, edit("site/db:default", "setprop", "none", "x", "2")).outcome())
          .contains("\"status\":1");

      Planned disabled =
          plan(daemon, edit("site/db:default", "setprop", "general", "enabled", "false"));
      assertThat(disabled.plan().untilRefresh()).isFalse();
      assertThat(disabled.effects()).contains("stop svc:/site/db:default");

      assertThat(plan(daemon, refresh("site/db:default")).effects())
          .contains("refresh svc:/site/db:default");

      Planned empty = plan(daemon, new ConfigurationRequest.Add("site/y"));
      assertThat(empty.effects()).isEmpty();
      assertThat(empty.plan().configures()).as("it would be there").isTrue();
      assertThat(
              plan(daemon, edit("svc:/site/db", "setprop", "config", "port", "1"))
                  .plan()
                  .configures())
          .as("it is so already")
          .isFalse();

      assertThat(daemon.instance("db").state()).isEqualTo("online");
      assertThat(daemon.ask(new ConfigurationRequest.ListNames("", "site/x"))).hasSize(1);
      assertThat(daemon.ask(new ChangeRequest.Apply(fresh.plan().id())).getLast())
          .isEqualTo("{\"outcome\":{}}");
      assertThat(daemon.act("enable", "x")).isEqualTo("{\"outcome\":{}}");
      assertThat(daemon.instance("x").state()).isEqualTo("online");
    }
  }

  /// A plan holds the configuration while it is made, and the engine writes into it whenever
  /// something was enabled or has started: neither may wait for the other.
  @Test
  @Timeout(100)
  void plansAndChangesAtTheSameTimeNeverWaitForEachOther() throws Exception {
    Files.writeString(manifests.resolve("db.yaml"), DB);
    Request disable =
        new InstanceRequest.Act(
            "disable", List.of("db"), "", false, false, false, false, false, false, "");
    Request remove = new ConfigurationRequest.Delete("site/db", true);
    Request change =
        new TransactionRequest.ImportChange(
            List.of(new SourceText("db.yaml", DB.replace("port: 1", "port: 2"))), 0, "");
    try (DaemonProcess daemon = DaemonProcess.start(root, manifests)) {
      daemon.awaitSettled();
      CompletableFuture<Void> planning =
          CompletableFuture.runAsync(() -> {
            for (int i = 0; i < 40; i++) {
              for (Request request : List.of(disable, remove, change)) {
                assertThat(answer(daemon, new ChangeRequest.Plan(request)))
                    .isEqualTo("{\"outcome\":{}}");
              }
            }
          });
      for (int i = 0; i < 40 || !planning.isDone(); i++) {
        assertThat(daemon.act("disable", "db")).isEqualTo("{\"outcome\":{}}");
        assertThat(daemon.act("enable", "db")).isEqualTo("{\"outcome\":{}}");
      }
      planning.join();
    }
  }

  private static String answer(DaemonProcess daemon, Request request) {
    try {
      return daemon.ask(request).getLast();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
