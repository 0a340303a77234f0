package bespoke.manifest.systemd;

import bespoke.manifest.Fidelity;
import bespoke.model.Grouping;
import bespoke.model.InstanceFmri;
import bespoke.model.RestartOn;
import org.jspecify.annotations.Nullable;

/// What one unit can say of another, and what becomes of it.
enum Relation {
  AFTER("After", Grouping.OPTIONAL_ALL, RestartOn.NONE, Pass.ORDER, Fidelity.EXACT, ""),
  BEFORE("Before", Grouping.OPTIONAL_ALL, RestartOn.NONE, Pass.ORDER, Fidelity.EXACT, ""),
  REQUIRES(
      "Requires",
      Grouping.REQUIRE_ALL,
      RestartOn.RESTART,
      Pass.REQUIREMENT,
      Fidelity.APPROXIMATED,
      "waits for it, and stops when it stops, also by itself"),
  REQUISITE(
      "Requisite",
      Grouping.REQUIRE_ALL,
      RestartOn.RESTART,
      Pass.REQUIREMENT,
      Fidelity.APPROXIMATED,
      "waits for it rather than failing at once"),
  BINDS_TO(
      "BindsTo", Grouping.REQUIRE_ALL, RestartOn.RESTART, Pass.REQUIREMENT, Fidelity.EXACT, ""),
  PART_OF(
      "PartOf",
      Grouping.OPTIONAL_ALL,
      RestartOn.RESTART,
      Pass.REQUIREMENT,
      Fidelity.APPROXIMATED,
      "restarts when it stops or restarts, and starts after it"),
  STOP_PROPAGATED_FROM(
      "StopPropagatedFrom",
      Grouping.OPTIONAL_ALL,
      RestartOn.RESTART,
      Pass.REQUIREMENT,
      Fidelity.APPROXIMATED,
      "restarts when it stops, and starts after it"),
  PROPAGATES_STOP_TO(
      "PropagatesStopTo",
      Grouping.OPTIONAL_ALL,
      RestartOn.RESTART,
      Pass.REQUIREMENT,
      Fidelity.APPROXIMATED,
      "restarts when this one stops, and starts after it"),
  WANTS("Wants", Grouping.OPTIONAL_ALL, RestartOn.NONE, Pass.IMPLIED, Fidelity.EXACT, ""),
  UPHOLDS("Upholds", Grouping.OPTIONAL_ALL, RestartOn.NONE, Pass.IMPLIED, Fidelity.EXACT, ""),
  CONFLICTS(
      "Conflicts", Grouping.EXCLUDE_ALL, RestartOn.NONE, Pass.IMPLIED, Fidelity.APPROXIMATED, ""),
  REQUIRED_BY(
      "RequiredBy",
      Grouping.REQUIRE_ALL,
      RestartOn.RESTART,
      Pass.IMPLIED,
      Fidelity.APPROXIMATED,
      "waits for this one, and stops when it stops, also by itself"),
  WANTED_BY("WantedBy", Grouping.OPTIONAL_ALL, RestartOn.NONE, Pass.IMPLIED, Fidelity.EXACT, ""),
  UPHELD_BY("UpheldBy", Grouping.OPTIONAL_ALL, RestartOn.NONE, Pass.IMPLIED, Fidelity.EXACT, ""),
  ON_FAILURE("OnFailure", "a failure starts no other service; svcs -x tells what failed"),
  ON_SUCCESS("OnSuccess", "an end starts no other service"),
  RELOAD_FROM(
      "ReloadPropagatedFrom",
      "a refresh is not handed on; restart_on: refresh would restart it instead"),
  RELOAD_TO(
      "PropagatesReloadTo",
      "a refresh is not handed on; restart_on: refresh would restart it instead"),
  JOINS("JoinsNamespaceOf", "there are no private namespaces to share");

  /// When a relation is looked at.
  enum Pass {
    /// What decides the order.
    ORDER,
    /// What gives way to the order.
    REQUIREMENT,
    /// What systemd orders only where nothing else is said.
    IMPLIED
  }

  private final String key;
  private final Grouping grouping;
  private final RestartOn restartOn;
  private final Pass pass;
  private final Fidelity fidelity;
  private final String text;
  private final @Nullable String reason;

  Relation(
      String key,
      Grouping grouping,
      RestartOn restartOn,
      Pass pass,
      Fidelity fidelity,
      String text) {
    this.key = key;
    this.grouping = grouping;
    this.restartOn = restartOn;
    this.pass = pass;
    this.fidelity = fidelity;
    this.text = text;
    this.reason = null;
  }

  /// One that is left out.
  Relation(String key, String reason) {
    this.key = key;
    this.grouping = Grouping.OPTIONAL_ALL;
    this.restartOn = RestartOn.NONE;
    this.pass = Pass.IMPLIED;
    this.fidelity = Fidelity.DROPPED;
    this.text = "";
    this.reason = reason;
  }

  String key() {
    return key;
  }

  String section() {
    return switch (this) {
      case REQUIRED_BY, WANTED_BY, UPHELD_BY -> "Install";
      default -> "Unit";
    };
  }

  Grouping grouping() {
    return grouping;
  }

  RestartOn restartOn() {
    return restartOn;
  }

  Pass pass() {
    return pass;
  }

  Fidelity fidelity() {
    return fidelity;
  }

  /// Why it is left out, or null.
  @Nullable String reason() {
    return reason;
  }

  /// Whether the other unit depends on this one.
  boolean isReverse() {
    return switch (this) {
      case BEFORE, PROPAGATES_STOP_TO, REQUIRED_BY, WANTED_BY, UPHELD_BY -> true;
      default -> false;
    };
  }

  /// Whether it only starts the other unit, and says nothing of an order.
  boolean isPullOnly() {
    return switch (this) {
      case WANTS, UPHOLDS, WANTED_BY, UPHELD_BY -> true;
      default -> false;
    };
  }

  /// For the report.
  String text(InstanceFmri other) {
    return text.isEmpty() ? other.toString() : other + ": " + text;
  }
}
