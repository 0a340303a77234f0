package bespoke.daemon;

import bespoke.engine.Engine;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

/// A question for the engine thread and its answer, which is given away only when everything that
/// the answer may speak of is durable.
final class Step<T> {
  private final Function<Engine, T> question;
  private final CompletableFuture<T> answer = new CompletableFuture<>();
  private Runnable release = () -> {};

  Step(Function<Engine, T> question) {
    this.question = question;
  }

  /// Runs the question; called by the engine thread.
  void run(Engine engine) {
    try {
      T value = question.apply(engine);
      release = () -> answer.complete(value);
    } catch (RuntimeException e) {
      release = () -> answer.completeExceptionally(e);
    }
  }

  /// Gives the answer away; called by the engine thread after the batch was committed.
  void release() {
    release.run();
  }

  CompletableFuture<T> answer() {
    return answer;
  }
}
