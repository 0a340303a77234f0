package bespoke.daemon;

import bespoke.control.Machine;
import bespoke.engine.Decision;
import bespoke.engine.Envelope;
import bespoke.model.Transition;
import java.util.List;

/// Hands transitions to those who follow them.
final class Publisher {
  private final Followers<Machine.Notice> followers = new Followers<>();

  /// Publishes the transitions of one envelope; called on the engine thread.
  void publish(Envelope envelope, List<Decision> decisions) {
    if (followers.isEmpty()) {
      return;
    }
    for (Decision decision : decisions) {
      if (decision instanceof Decision.RecordTransition(Transition transition)) {
        followers.tell(envelope.id(), new Machine.Notice(transition, envelope.actor()));
      }
    }
  }

  /// Begins to follow.
  ///
  /// @param afterId what happened up to this envelope is known already
  Machine.Subscription<Machine.Notice> follow(long afterId, int backlog) {
    return followers.follow(afterId, backlog);
  }

  /// Ends all subscriptions.
  void end(String reason) {
    followers.end(reason);
  }
}
