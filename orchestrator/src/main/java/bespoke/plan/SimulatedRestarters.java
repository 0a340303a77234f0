package bespoke.plan;

import bespoke.engine.Decision;
import bespoke.engine.Event;
import bespoke.engine.RestarterEvent;
import bespoke.model.AuxiliaryState;
import bespoke.model.InstanceFmri;
import bespoke.model.InstanceState;
import bespoke.model.InstanceStatus;
import bespoke.model.Severity;
import bespoke.model.Transition;
import java.time.Duration;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Delegated restarters as a good one would be: each connects as soon as its own instance is
/// online, does what it is told in the time that is predicted, and reports it (smf.md 7).
///
/// What a certain restarter does beyond that (retries, its own dependencies) is not modelled.
final class SimulatedRestarters {
  private final SimulatedWorld.Schedule schedule;
  private final Function<InstanceFmri, Behaviour> behaviours;
  private final Set<InstanceFmri> restarters = new HashSet<>();
  private final Map<InstanceFmri, Charge> charges = new HashMap<>();
  private final Set<Event> cancelled = Collections.newSetFromMap(new IdentityHashMap<>());

  /// An instance of a restarter.
  private static final class Charge {
    final InstanceFmri restarter;
    boolean runs;

    /// Where it is when nothing runs.
    InstanceState rest = InstanceState.DISABLED;

    /// The report that ends what is under way.
    @Nullable Event owed;

    Charge(InstanceFmri restarter) {
      this.restarter = restarter;
    }
  }

  SimulatedRestarters(
      SimulatedWorld.Schedule schedule, Function<InstanceFmri, Behaviour> behaviours) {
    this.schedule = schedule;
    this.behaviours = behaviours;
  }

  /// There is an instance, which may have a restarter of its own.
  void know(InstanceFmri instance, InstanceFmri restarter) {
    restarters.add(restarter);
    charges.computeIfAbsent(instance, _ -> new Charge(restarter));
  }

  /// An instance is in the middle of its life.
  void resume(InstanceStatus status) {
    status
        .definition()
        .restarter()
        .ifPresent(restarter -> {
          know(status.fmri(), restarter);
          Charge charge = charge(status.fmri(), restarter);
          InstanceState state = status.runtime().state();
          charge.runs = state.isRunning();
          charge.rest = rest(status);
          if (status.runtime().next() == InstanceState.ONLINE) {
            owe(status.fmri(), charge, true, 0);
          } else if (status.runtime().next() != null) {
            owe(status.fmri(), charge, false, 0);
          }
        });
  }

  private static InstanceState rest(InstanceStatus status) {
    if (status.runtime().state() == InstanceState.MAINTENANCE) {
      return InstanceState.MAINTENANCE;
    }
    return status.enabled().effective() ? InstanceState.OFFLINE : InstanceState.DISABLED;
  }

  private Charge charge(InstanceFmri instance, InstanceFmri restarter) {
    return charges.computeIfAbsent(instance, _ -> new Charge(restarter));
  }

  /// Whether a report that ends something is still to come.
  boolean isBusy() {
    return charges.values().stream().anyMatch(it -> it.owed != null);
  }

  /// A restarter connects when it is online, and is gone with its processes.
  void moved(Transition transition) {
    boolean was = transition.from().isRunning();
    boolean is = transition.to().isRunning();
    if (was == is || !restarters.contains(transition.instance())) {
      return;
    }
    InstanceFmri restarter = transition.instance();
    if (is) {
      now(transition.cause(), new Event.RestarterConnected(restarter));
      return;
    }
    charges.forEach((_, charge) -> {
      if (charge.restarter.equals(restarter)) {
        charge.runs = false;
        cancel(charge);
      }
    });
    now(transition.cause(), new Event.RestarterDisconnected(restarter));
  }

  /// Whether a report still holds.
  boolean isDue(Event event) {
    return !cancelled.remove(event);
  }

  /// A report was given.
  void happened(Event.RestarterReported report) {
    Charge charge = charges.get(report.instance());
    if (charge != null && report.equals(charge.owed)) {
      charge.owed = null;
      charge.runs = report.state().isRunning();
    }
  }

  /// All processes of an instance die at once.
  ///
  /// @return whether it had any
  boolean die(InstanceFmri instance) {
    Charge charge = charges.get(instance);
    if (charge == null || !charge.runs) {
      return false;
    }
    cancel(charge);
    charge.runs = false;
    now(0, report(instance, charge, charge.rest, null, AuxiliaryState.CT_EV_EXIT, Severity.FAULT));
    return true;
  }

  void ordered(Decision.SendToRestarter order) {
    InstanceFmri instance = order.instance();
    Charge charge = charge(instance, order.restarter());
    RestarterEvent event = order.event();
    InstanceState before = charge.rest;
    charge.rest = rest(event, before);
    long cause = order.cause();
    if (charge.runs) {
      running(instance, charge, event, cause);
    } else if (event == RestarterEvent.START) {
      start(instance, charge, cause);
    } else if (event != RestarterEvent.ADD_INSTANCE || charge.owed == null) {
      cancel(charge);
      if (before == InstanceState.MAINTENANCE && charge.rest != before) {
        now(cause, report(instance, charge, InstanceState.UNINITIALIZED));
      }
      now(cause, report(instance, charge, charge.rest));
    }
  }

  private static InstanceState rest(RestarterEvent event, InstanceState before) {
    boolean leavesMaintenance =
        event == RestarterEvent.ADMIN_MAINT_OFF || event == RestarterEvent.ADMIN_DISABLE;
    if (before == InstanceState.MAINTENANCE && !leavesMaintenance) {
      return before;
    }
    return switch (event) {
      case ENABLE, START, STOP, STOP_RESET, ADMIN_RESTART, ADMIN_MAINT_OFF -> InstanceState.OFFLINE;
      case DISABLE, ADMIN_DISABLE, REMOVE_INSTANCE -> InstanceState.DISABLED;
      case ADMIN_MAINT_ON, ADMIN_MAINT_ON_IMMEDIATE, DEPENDENCY_CYCLE, INVALID_DEPENDENCY ->
          InstanceState.MAINTENANCE;
      case ADD_INSTANCE, ADMIN_REFRESH, ADMIN_DEGRADED, ADMIN_DEGRADE_IMMEDIATE, ADMIN_RESTORE ->
          before;
    };
  }

  private void start(InstanceFmri instance, Charge charge, long cause) {
    if (charge.owed != null) {
      return;
    }
    now(
        cause,
        report(
            instance,
            charge,
            InstanceState.OFFLINE,
            InstanceState.ONLINE,
            AuxiliaryState.DEPENDENCIES_SATISFIED,
            Severity.NONE));
    owe(instance, charge, true, cause);
  }

  private void running(InstanceFmri instance, Charge charge, RestarterEvent event, long cause) {
    switch (event) {
      case ADD_INSTANCE, ENABLE, START, ADMIN_RESTORE ->
          now(cause, report(instance, charge, InstanceState.ONLINE));
      case ADMIN_REFRESH ->
          now(
              cause,
              report(
                  instance,
                  charge,
                  InstanceState.ONLINE,
                  null,
                  AuxiliaryState.NONE,
                  Severity.REFRESH));
      case ADMIN_DEGRADED, ADMIN_DEGRADE_IMMEDIATE ->
          now(cause, report(instance, charge, InstanceState.DEGRADED));
      case REMOVE_INSTANCE,
          DISABLE,
          ADMIN_DISABLE,
          STOP,
          STOP_RESET,
          ADMIN_RESTART,
          ADMIN_MAINT_ON,
          ADMIN_MAINT_ON_IMMEDIATE,
          ADMIN_MAINT_OFF,
          DEPENDENCY_CYCLE,
          INVALID_DEPENDENCY -> {
        if (charge.owed == null) {
          now(
              cause,
              report(
                  instance,
                  charge,
                  InstanceState.ONLINE,
                  charge.rest,
                  AuxiliaryState.NONE,
                  Severity.NONE));
          owe(instance, charge, false, cause);
        }
      }
    }
  }

  /// The end of a start or a stop comes after the time that is predicted for it.
  private void owe(InstanceFmri instance, Charge charge, boolean isStart, long cause) {
    Behaviour behaviour = behaviours.apply(instance);
    Duration stop = behaviour.stop().isZero() ? behaviour.method() : behaviour.stop();
    Duration duration = isStart ? behaviour.start() : stop;
    Event end;
    if (!isStart) {
      end = report(instance, charge, charge.rest, null, AuxiliaryState.NONE, Severity.RESTART);
    } else if (behaviour.starts()) {
      end = report(instance, charge, InstanceState.ONLINE);
    } else {
      charge.rest = InstanceState.MAINTENANCE;
      end =
          report(
              instance,
              charge,
              InstanceState.MAINTENANCE,
              null,
              AuxiliaryState.METHOD_FAILED,
              Severity.FAULT);
    }
    charge.owed = end;
    schedule.after(duration.isNegative() ? Duration.ZERO : duration, cause, end);
  }

  private void cancel(Charge charge) {
    if (charge.owed != null) {
      cancelled.add(charge.owed);
      charge.owed = null;
    }
  }

  private void now(long cause, Event event) {
    schedule.after(Duration.ZERO, cause, event);
  }

  private static Event.RestarterReported report(
      InstanceFmri instance, Charge charge, InstanceState state) {
    return report(instance, charge, state, null, AuxiliaryState.NONE, Severity.NONE);
  }

  private static Event.RestarterReported report(
      InstanceFmri instance,
      Charge charge,
      InstanceState state,
      @Nullable InstanceState next,
      AuxiliaryState auxiliary,
      Severity severity) {
    return new Event.RestarterReported(
        charge.restarter, instance, state, next, auxiliary, severity, "");
  }
}
