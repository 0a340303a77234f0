package bespoke.control;

import bespoke.api.DependencyRecord;
import bespoke.api.EnabledRecord;
import bespoke.api.EntityRecord;
import bespoke.api.InstanceDetail;
import bespoke.api.InstanceRecord;
import bespoke.api.ProcessRecord;
import bespoke.api.TransitionRecord;
import bespoke.model.Actor;
import bespoke.model.Dependency;
import bespoke.model.EnabledSetting;
import bespoke.model.Entity;
import bespoke.model.InstanceDefinition;
import bespoke.model.InstanceState;
import bespoke.model.InstanceStatus;
import bespoke.model.Origin;
import bespoke.model.RuntimeState;
import bespoke.model.Transition;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// From the model to what travels.
final class Records {
  private Records() {}

  /// A state's word, empty for none.
  static String word(@Nullable InstanceState state) {
    return state == null ? "" : state.toString();
  }

  /// A place's text, empty when it is not known.
  static String origin(Origin origin) {
    return switch (origin) {
      case Origin.Unknown unknown -> "";
      case Origin.File file -> file.toString();
      case Origin.Administrator administrator -> administrator.toString();
    };
  }

  static EnabledRecord enabled(EnabledSetting enabled) {
    return new EnabledRecord(
        enabled.permanent().orElse(false),
        enabled.override().map(value -> Boolean.toString(value)).orElse(""),
        enabled.comment());
  }

  static List<Long> contracts(RuntimeState runtime) {
    List<Long> contracts = new ArrayList<>(2);
    runtime.contract().ifPresent(contracts::add);
    if (runtime.methodContract().isPresent()
        && !runtime.methodContract().equals(runtime.contract())) {
      contracts.add(runtime.methodContract().getAsLong());
    }
    return contracts;
  }

  static InstanceRecord instance(InstanceStatus status, InstanceDetail detail) {
    RuntimeState runtime = status.runtime();
    return new InstanceRecord(
        status.fmri().toString(),
        runtime.state().toString(),
        word(runtime.next()),
        runtime.sinceEpochMillis(),
        enabled(status.enabled()),
        contracts(runtime),
        oneLine(status.definition().template().commonName()),
        detail);
  }

  static String oneLine(Optional<String> text) {
    return text.map(value -> value.replace('\n', ' ')).orElse("");
  }

  static InstanceDetail detail(
      InstanceStatus status, Machine machine, List<ProcessRecord> processes) {
    RuntimeState runtime = status.runtime();
    InstanceDefinition definition = status.definition();
    List<DependencyRecord> dependencies = new ArrayList<>(definition.dependencies().size());
    for (Dependency dependency : definition.dependencies()) {
      dependencies.add(dependency(dependency, machine));
    }
    return new InstanceDetail(
        runtime.auxiliary().toString(),
        definition.restarter().orElse(InstanceDefinition.MASTER_RESTARTER).toString(),
        machine.logFile(status.fmri()),
        "",
        runtime.contract().isPresent() || runtime.startPid().isPresent(),
        runtime.detail(),
        runtime.statusText(),
        definition.template().description().orElse(""),
        machine.unavailableLimits(status),
        dependencies,
        processes);
  }

  private static DependencyRecord dependency(Dependency dependency, States states) {
    List<EntityRecord> entities = new ArrayList<>(dependency.entities().size());
    for (Entity entity : dependency.entities()) {
      entities.add(new EntityRecord(entity.toString(), EntityStates.of(entity, states)));
    }
    return new DependencyRecord(
        dependency.name(),
        dependency.grouping().toString(),
        dependency.restartOn().toString(),
        origin(dependency.origin()),
        entities);
  }

  static TransitionRecord transition(Transition transition, Optional<Actor> actor) {
    return new TransitionRecord(
        transition.instance().toString(),
        transition.from().toString(),
        transition.to().toString(),
        word(transition.next()),
        transition.auxiliary().toString(),
        transition.because().map(Object::toString).orElse(""),
        transition.detail(),
        actor.map(Actor::user).orElse(""),
        transition.atEpochMillis(),
        transition.cause());
  }
}
