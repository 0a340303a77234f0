package bespoke.supervisor.server;

import bespoke.os.Poller;
import java.time.Duration;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Asks one question again and again until it is cancelled; used on the loop.
final class Prober {
  private final Loop loop;
  private final Question question;
  private final Duration pause;
  private final Consumer<String> onAnswer;
  private Poller.@Nullable Registration timer;
  private boolean cancelled;

  /// @param pause before each question
  /// @param onAnswer called on the loop with what is wrong; empty if all is well
  Prober(Loop loop, Question question, Duration pause, Consumer<String> onAnswer) {
    this.loop = loop;
    this.question = question;
    this.pause = pause;
    this.onAnswer = onAnswer;
  }

  void begin() {
    timer = loop.after(pause, () -> question.ask(this::answered));
  }

  void cancel() {
    cancelled = true;
    if (timer != null) {
      timer.cancel();
    }
    question.cancel();
  }

  private void answered(String problem) {
    loop.execute(() -> {
      if (!cancelled) {
        begin();
        onAnswer.accept(problem);
      }
    });
  }
}
