package bespoke.daemon;

import bespoke.control.Delegation;
import bespoke.engine.Decision;
import bespoke.engine.Event;
import bespoke.model.InstanceFmri;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/// The delegated restarters that are connected, and the orders for them.
final class DelegatedRestarters implements Delegation {
  private final Map<InstanceFmri, Channel> channels = new ConcurrentHashMap<>();
  private final Consumer<Event> events;

  /// @param events gets what restarters report
  DelegatedRestarters(Consumer<Event> events) {
    this.events = events;
  }

  /// Passes an order on; one for a restarter that is away is dropped, because it gets everything
  /// anew when it comes back.
  void send(Decision.SendToRestarter order) {
    Channel channel = channels.get(order.restarter());
    if (channel != null
        && !channel.send(new Order(order.instance(), order.event(), order.reason()))) {
      channel.end();
    }
  }

  @Override
  public void connected(InstanceFmri restarter, Channel channel) {
    Channel before = channels.put(restarter, channel);
    if (before != null) {
      before.end();
    }
    events.accept(new Event.RestarterConnected(restarter));
  }

  @Override
  public void disconnected(InstanceFmri restarter, Channel channel) {
    if (channels.remove(restarter, channel)) {
      events.accept(new Event.RestarterDisconnected(restarter));
    }
  }

  @Override
  public void reported(Event.RestarterReported report) {
    events.accept(report);
  }
}
