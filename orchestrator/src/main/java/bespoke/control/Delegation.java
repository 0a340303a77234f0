package bespoke.control;

import bespoke.engine.Event;
import bespoke.engine.RestarterEvent;
import bespoke.model.InstanceFmri;

/// Delegated restarters that are connected (smf.md 7): who they are, and the way to them.
public interface Delegation {
  /// What the engine tells a restarter.
  ///
  /// @param instance whom it is about
  /// @param reason a sentence, or empty
  record Order(InstanceFmri instance, RestarterEvent event, String reason) {}

  /// The way to one restarter; called on the engine thread, must return at once.
  interface Channel {
    /// Queues an order.
    ///
    /// @return false if the restarter is too slow; it is then cut off
    boolean send(Order order);

    /// The connection is to end.
    void end();
  }

  /// Lets a restarter in; an earlier connection of the same restarter is ended.
  void connected(InstanceFmri restarter, Channel channel);

  /// The connection of a restarter has ended.
  void disconnected(InstanceFmri restarter, Channel channel);

  /// A restarter reports the state of one of its instances.
  void reported(Event.RestarterReported report);
}
