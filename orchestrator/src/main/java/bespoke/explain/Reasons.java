package bespoke.explain;

import bespoke.explain.Causes.Cause;
import bespoke.explain.Node.BadDependency;
import bespoke.model.AuxiliaryState;
import bespoke.model.EnabledSetting;
import bespoke.model.FileFmri;
import bespoke.model.Grouping;
import bespoke.model.InstanceDefinition;
import bespoke.model.InstanceFmri;
import bespoke.model.InstanceState;
import bespoke.model.Origin;
import bespoke.model.Readiness;
import bespoke.model.RuntimeState;
import bespoke.model.StartdOptions;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The `Reason:` lines of one instance, by its state (svcs(1), `-x`).
final class Reasons {
  private final Nodes nodes;

  Reasons(Nodes nodes) {
    this.nodes = nodes;
  }

  List<Reason> of(Node node) {
    return switch (node.state()) {
      case ONLINE, LEGACY_RUN -> List.of();
      case UNINITIALIZED -> ofUninitialized(node);
      case DISABLED -> List.of(ofDisabled(node));
      case OFFLINE -> ofOffline(node);
      case MAINTENANCE -> List.of(MaintenanceReason.of(node.status));
      case DEGRADED -> List.of(DegradedReason.of(node.status.runtime()));
    };
  }

  private List<Reason> ofUninitialized(Node node) {
    List<Reason> reasons = new ArrayList<>();
    Reason bad = ofRestarter(node);
    if (bad != null) {
      reasons.add(bad);
    } else {
      String restarter = "Restarter " + restarterOf(node);
      reasons.add(
          isRestarterRunning(node)
              ? Reason.of(
                  ReasonCode.RESTARTER_SILENT,
                  restarter + " has not initialized service state.",
                  List.of())
              : Reason.of(ReasonCode.RESTARTER_DOWN, restarter + " is not running.", List.of()));
    }
    Causes.of(node).stream()
        .filter(cause -> !cause.node().fmri().equals(restarterOf(node)))
        .forEach(cause -> reasons.add(ofCause(cause)));
    return reasons;
  }

  static InstanceFmri restarterOf(Node node) {
    return node.status.definition().restarter().orElse(InstanceDefinition.MASTER_RESTARTER);
  }

  private boolean isRestarterRunning(Node node) {
    InstanceFmri restarter = restarterOf(node);
    Node target = nodes.find(restarter);
    return target == null
        ? restarter.equals(InstanceDefinition.MASTER_RESTARTER)
        : target.isRunning();
  }

  /// What is wrong with the restarter itself, or null.
  private @Nullable Reason ofRestarter(Node node) {
    InstanceDefinition definition = node.status.definition();
    InstanceFmri restarter = restarterOf(node);
    if (definition.invalid().equals(Optional.of(AuxiliaryState.INVALID_RESTARTER))) {
      return Reason.of(
          ReasonCode.RESTARTER_INVALID,
          "Restarter \"" + restarter + "\" is invalid.",
          definition.problems());
    }
    if (definition.restarter().isPresent() && nodes.find(restarter) == null) {
      return Reason.of(
          ReasonCode.RESTARTER_ABSENT,
          "Restarter \"" + restarter + "\" does not exist.",
          List.of());
    }
    return null;
  }

  private static Reason ofDisabled(Node node) {
    EnabledSetting enabled = node.status.enabled();
    if (enabled.effective()) {
      return Reason.of(
          ReasonCode.UNKNOWN,
          "Enabled, but restarter " + restarterOf(node) + " has not acted on it yet.",
          List.of());
    }
    List<String> comment = enabled.comment().isEmpty() ? List.of() : List.of(enabled.comment());
    if (node.status.runtime().auxiliary() == AuxiliaryState.MILESTONE_REQUEST) {
      return Reason.of(
          ReasonCode.TEMPORARILY_DISABLED,
          "Temporarily disabled, because the milestone does not include it.",
          comment);
    }
    return enabled.isTemporary()
        ? Reason.of(
            ReasonCode.TEMPORARILY_DISABLED, "Temporarily disabled by an administrator.", comment)
        : Reason.of(ReasonCode.DISABLED, "Disabled by an administrator.", comment);
  }

  private List<Reason> ofOffline(Node node) {
    InstanceState next = node.next();
    if (next != null) {
      return List.of(ofTransition(node, next));
    }
    List<Reason> reasons = new ArrayList<>();
    node.bad.forEach(bad -> reasons.add(ofBad(bad)));
    Causes.of(node).forEach(cause -> reasons.add(ofCause(cause)));
    if (reasons.isEmpty()) {
      Reason restarter = ofRestarter(node);
      reasons.add(restarter != null ? restarter : WaitingReason.of(node.status.runtime()));
    }
    return reasons;
  }

  private static Reason ofTransition(Node node, InstanceState next) {
    RuntimeState runtime = node.status.runtime();
    List<String> details =
        Stream.of(runtime.detail(), runtime.statusText()).filter(text -> !text.isEmpty()).toList();
    if (next != InstanceState.ONLINE) {
      return Reason.of(ReasonCode.TRANSITIONING, "Transitioning to state " + next + ".", details);
    }
    return isAwaitingReadiness(node)
        ? Reason.of(
            ReasonCode.STARTING, "Started; it has not yet reported that it is ready.", details)
        : Reason.of(ReasonCode.STARTING, "Start method is running.", details);
  }

  private static boolean isAwaitingReadiness(Node node) {
    InstanceDefinition definition = node.status.definition();
    boolean runsOn =
        node.status.runtime().run() != 0
            && definition.startd().duration() != StartdOptions.Style.CHILD;
    return definition.readiness().kind() != Readiness.Kind.METHOD && !runsOn;
  }

  private static Reason ofBad(BadDependency bad) {
    boolean present =
        bad.entity() instanceof FileFmri && bad.dependency().grouping() == Grouping.EXCLUDE_ALL;
    Origin origin = bad.dependency().origin();
    String declared = "It is named by dependency \"" + bad.dependency().name() + "\"";
    return Reason.of(
        ReasonCode.DEPENDENCY_ABSENT,
        "Dependency " + bad.entity() + (present ? " is present." : " is absent."),
        List.of(origin.equals(Origin.UNKNOWN) ? declared + "." : declared + " (" + origin + ")."));
  }

  private static Reason ofCause(Cause cause) {
    ReasonCode code =
        cause.excluded() || cause.node().isRunning()
            ? ReasonCode.EXCLUDED
            : ReasonCode.DEPENDENCY_NOT_RUNNING;
    return Reason.elsewhere(code, Summary.of(cause), cause.path());
  }
}
