package bespoke.control;

import bespoke.api.Outcome;
import bespoke.api.Reply;
import java.util.ArrayList;
import java.util.List;

/// The answer to a rehearsed request: kept, and sent to nobody.
final class RecordedAnswer extends Answer {
  private final List<Reply> replies = new ArrayList<>();
  private Outcome outcome = Outcome.OK;
  private boolean ended;

  RecordedAnswer() {
    super(null);
  }

  @Override
  void add(Reply reply) {
    replies.add(reply);
  }

  @Override
  void flush() {
    // Nobody waits for it.
  }

  @Override
  void end(Outcome end) {
    outcome = end;
    ended = true;
  }

  @Override
  boolean hasEnded() {
    return ended;
  }

  /// What was answered before the outcome.
  List<Reply> replies() {
    return replies;
  }

  Outcome outcome() {
    return outcome;
  }
}
