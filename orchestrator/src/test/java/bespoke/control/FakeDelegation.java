package bespoke.control;

import bespoke.engine.Event;
import bespoke.model.InstanceFmri;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

/// Remembers who connected and what was reported.
final class FakeDelegation implements Delegation {
  /// @param connected false when the connection ended
  record Presence(InstanceFmri restarter, Channel channel, boolean connected) {}

  final BlockingQueue<Presence> presences = new LinkedBlockingQueue<>();
  final BlockingQueue<Event.RestarterReported> reports = new LinkedBlockingQueue<>();

  @Override
  public void connected(InstanceFmri restarter, Channel channel) {
    presences.add(new Presence(restarter, channel, true));
  }

  @Override
  public void disconnected(InstanceFmri restarter, Channel channel) {
    presences.add(new Presence(restarter, channel, false));
  }

  @Override
  public void reported(Event.RestarterReported report) {
    reports.add(report);
  }
}
