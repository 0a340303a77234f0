package bespoke.daemon;

import bespoke.engine.Event;
import bespoke.model.InstanceFmri;
import bespoke.model.InstanceStatus;
import bespoke.os.Processes;
import bespoke.os.Signals;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// A real daemon that is killed before the n-th thing that it does for a change: remembers how far
/// it is, tells the engine something, or looks where things are.
final class DyingInChange extends Daemon {
  private final int last;
  private int count;

  private DyingInChange(int last, Options options, Layout layout) {
    super(options, layout, List.of(), new FileLimit(), System.nanoTime());
    this.last = last;
  }

  /// @param arguments the number, then those of `svc.startd`
  public static void main(String[] arguments) throws IOException {
    List<String> all = List.of(arguments);
    Options options = Options.parse(all.subList(1, all.size()));
    Layout layout = new Layout(Path.of(options.root()));
    layout.prepare();
    new DyingInChange(Integer.parseInt(all.getFirst()), options, layout).run();
  }

  private void act(String what) {
    if (++count == last) {
      System.out.println("dying before act " + count + ", " + what);
      System.out.flush();
      Signals.send(Processes.self(), Signals.KILL);
    }
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
