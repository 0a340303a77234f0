package bespoke.control;

import bespoke.api.ErrorKind;
import bespoke.api.Outcome;
import java.io.IOException;

/// Answers requests that may be refused.
final class Attempts {
  private static final String PERMISSION_DENIED = "Permission denied.";

  private final Authorizer authorizer;

  Attempts(Authorizer authorizer) {
    this.authorizer = authorizer;
  }

  /// A step that may be refused.
  @FunctionalInterface
  interface Step {
    void run() throws Configuration.RefusedException, IOException;
  }

  /// Runs a step that changes the repository, if the caller may.
  void modify(Caller caller, Answer answer, Step step) throws IOException {
    if (!authorizer.mayModify(caller)) {
      answer.fail(ErrorKind.PERMISSION, PERMISSION_DENIED);
      return;
    }
    attempt(answer, step);
  }

  /// Runs a step; a refusal is the outcome.
  static void attempt(Answer answer, Step step) throws IOException {
    try {
      step.run();
      if (!answer.hasEnded()) {
        answer.end(Outcome.OK);
      }
    } catch (Configuration.RefusedException e) {
      answer.fail(e.kind(), String.valueOf(e.getMessage()));
    }
  }

  static Configuration.RefusedException refused(ErrorKind kind, String message) {
    return new Configuration.RefusedException(kind, message);
  }

  static Configuration.RefusedException denied() {
    return refused(ErrorKind.PERMISSION, PERMISSION_DENIED);
  }
}
