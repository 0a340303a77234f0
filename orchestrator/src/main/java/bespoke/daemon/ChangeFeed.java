package bespoke.daemon;

import bespoke.change.Fact;
import bespoke.control.Machine;
import bespoke.engine.Decision;
import bespoke.engine.Envelope;
import bespoke.engine.Event;
import bespoke.model.Actor;
import bespoke.model.InstanceFmri;
import bespoke.model.InstanceStatus;
import bespoke.model.Transition;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The engine as the change under way sees it: what it tells, and what it is told.
final class ChangeFeed {
  private final LiveMachine machine;
  private final Runnable namesChanged;
  private volatile @Nullable ChangeRun run;

  /// @param namesChanged called when there may be other instances than before
  ChangeFeed(LiveMachine machine, Runnable namesChanged) {
    this.machine = machine;
    this.namesChanged = namesChanged;
  }

  /// Something was handled; called on the engine's thread.
  void handled(Envelope envelope, List<Decision> decisions) {
    ChangeRun follower = run;
    if (follower == null) {
      return;
    }
    if (envelope.event() instanceof Event.ProbeAnswered probe
        && follower.concerns(probe.instance())) {
      follower.happened(new Fact.MonitorAnswered(probe.instance(), probe.well(), probe.detail()));
    }
    for (Decision decision : decisions) {
      if (decision instanceof Decision.RecordTransition(Transition transition)) {
        follower.happened(transition);
      }
    }
  }

  void follow(ChangeRun follower) {
    run = follower;
  }

  void unfollow() {
    run = null;
  }

  List<InstanceStatus> statuses() {
    return machine.statuses();
  }

  Optional<InstanceStatus> status(InstanceFmri instance) {
    return machine.status(instance);
  }

  /// The engine, told things in somebody's name.
  ChangeRun.Engine engine(Actor actor) {
    return new ChangeRun.Engine() {
      @Override
      public void tell(Event event) throws IOException {
        try {
          machine.tell(event, Optional.of(actor));
        } catch (Machine.BusyException e) {
          throw new IOException(e.getMessage(), e);
        } finally {
          if (event instanceof Event.DefinitionsImported) {
            namesChanged.run();
          }
        }
      }

      @Override
      public Map<InstanceFmri, InstanceStatus> look(Set<InstanceFmri> instances, Runnable step) {
        Map<InstanceFmri, InstanceStatus> found = new LinkedHashMap<>();
        machine.between(engine -> {
          step.run();
          instances.forEach(it -> engine.status(it).ifPresent(status -> found.put(it, status)));
        });
        return found;
      }

      @Override
      public Optional<InstanceStatus> status(InstanceFmri instance) {
        return machine.status(instance);
      }

      @Override
      public String obstacle(InstanceFmri instance) {
        return machine.obstacle(instance);
      }
    };
  }
}
