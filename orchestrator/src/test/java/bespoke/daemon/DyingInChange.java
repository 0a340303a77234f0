package bespoke.daemon;

import bespoke.engine.Event;
import bespoke.model.InstanceFmri;
import bespoke.model.InstanceStatus;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Dies before a thing that it does for a change: remembers how far it is, tells the engine
/// something, or looks where things are.
final class DyingInChange extends DoomedDaemon {
  private DyingInChange(Sentence sentence) {
    super(sentence);
  }

  public static void main(String[] arguments) throws IOException {
    new DyingInChange(Sentence.of(arguments)).run();
  }

  private void act(String what) {
    step("act", what);
  }

  @Override
  LiveChanges.Hands hands() {
    return new LiveChanges.Hands() {
      @Override
      public ChangeCarrier.Ground ground(ChangeCarrier.Ground usual) {
        return new Counting(usual);
      }

      @Override
      public ChangeCarrier.Memory memory(ChangeCarrier.Memory usual) {
        return entry -> {
          act("remembers that it is " + entry.standing());
          usual.put(entry);
        };
      }
    };
  }

  private final class Counting implements ChangeCarrier.Ground {
    private final ChangeCarrier.Ground usual;

    Counting(ChangeCarrier.Ground usual) {
      this.usual = usual;
    }

    @Override
    public void tell(Event event) throws IOException {
      act("tells " + event.getClass().getSimpleName());
      usual.tell(event);
    }

    @Override
    public Map<InstanceFmri, InstanceStatus> look(Set<InstanceFmri> instances) {
      act("looks");
      return usual.look(instances);
    }

    @Override
    public Optional<InstanceStatus> status(InstanceFmri instance) {
      return usual.status(instance);
    }

    @Override
    public String obstacle(InstanceFmri instance) {
      return usual.obstacle(instance);
    }
  }
}
