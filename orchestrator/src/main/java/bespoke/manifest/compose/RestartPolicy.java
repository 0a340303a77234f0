package bespoke.manifest.compose;

import bespoke.manifest.Fidelity;
import bespoke.manifest.GroupDraft;
import bespoke.model.Origin;
import bespoke.model.PropertyGroup;
import bespoke.model.PropertyType;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// `restart`, and `deploy.restart_policy` where it is given: the group `startd`.
final class RestartPolicy {
  private static final String STARTD = "startd";

  private final Node.Fields service;
  private final Reading reading;
  private final Report report;
  private final GroupDraft draft;

  RestartPolicy(Node.Fields service, Reading reading, GroupDraft draft) {
    this.service = service;
    this.reading = reading;
    this.report = reading.report();
    this.draft = draft;
  }

  void fill(boolean isOneShot) {
    Optional<String> said = reading.text(service.value("restart"));
    String[] words = said.orElse("no").split(":", 2);
    String word = word(words[0], service.place("restart"), "restart");
    Node.Fields deployed = deployed();
    if (isOneShot) {
      said.ifPresent(_ ->
          note(
              "restart",
              Fidelity.APPROXIMATED,
              "others wait for its end: a start that fails is tried three times"));
      return;
    }
    said.ifPresent(_ -> {
      boolean isReplaced = deployed != null && deployed.value("condition") != null;
      note("restart", Fidelity.EXACT, isReplaced ? "deploy.restart_policy stands for it" : "");
    });
    if (words.length == 2 && word.equals("on_failure")) {
      failures(words[1], service.place("restart"));
    }
    String policy = deployed == null ? word : deployed(deployed, word);
    draft.text(STARTD, "restart", policy, service.place("restart"));
  }

  private Node.@Nullable Fields deployed() {
    return service.value("deploy") instanceof Node.Fields deploy
            && deploy.value("restart_policy") instanceof Node.Fields policy
        ? policy
        : null;
  }

  private String deployed(Node.Fields policy, String otherwise) {
    Optional<String> condition = reading.text(policy.value("condition"));
    Origin.File at = policy.place("condition");
    String word =
        condition.isPresent()
            ? word(condition.get(), at, "deploy.restart_policy.condition")
            : otherwise.equals("never") ? "always" : otherwise; // absent means any
    report.note(Fidelity.EXACT, policy.at(), "deploy.restart_policy", "restart: " + word);
    reading
        .seconds(policy.value("delay"))
        .filter(seconds -> !seconds.matches("0(\\.0*)?"))
        .ifPresent(seconds ->
            draft.seconds(
                STARTD, PropertyGroup.FRAMEWORK, "restart_delay", seconds, policy.place("delay")));
    reading
        .number(policy.value("max_attempts"), 0, 1_000_000)
        .ifPresent(count -> failures(count, policy.place("max_attempts")));
    reading
        .seconds(policy.value("window"))
        .map(seconds -> seconds.replaceFirst("\\..*", ""))
        .filter(seconds -> !seconds.equals("0"))
        .ifPresent(seconds -> number("critical_failure_period", seconds, policy.place("window")));
    return word;
  }

  /// After how many failures nothing is started again.
  private void failures(String count, Origin.File at) {
    if (count.matches("[1-9][0-9]{0,5}")) {
      number("critical_failure_count", count, at);
      draft.put(
          STARTD, PropertyGroup.FRAMEWORK, "give_up", PropertyType.BOOLEAN, List.of("true"), at);
      report.note(
          Fidelity.APPROXIMATED,
          at,
          "attempts",
          "more than " + count + " failures in the period lead to maintenance");
    }
  }

  private void number(String property, String value, Origin.File at) {
    draft.put(STARTD, PropertyGroup.FRAMEWORK, property, PropertyType.INTEGER, List.of(value), at);
  }

  private String word(String policy, Origin.File at, String key) {
    return switch (policy) {
      case "always", "unless-stopped", "any" -> "always";
      case "on-failure" -> "on_failure";
      case "no", "false", "none" -> "never";
      default -> {
        report.problem(
            at,
            "cannot use the restart policy \"" + policy + "\"",
            key.equals("restart")
                ? "one of no, always, on-failure[:N] and unless-stopped"
                : "one of none, on-failure and any");
        yield "never";
      }
    };
  }

  private void note(String key, Fidelity fidelity, String text) {
    report.note(fidelity, service.place(key), key, text);
  }
}
