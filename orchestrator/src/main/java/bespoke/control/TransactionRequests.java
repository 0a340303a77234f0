package bespoke.control;

import bespoke.api.ChangeRecord;
import bespoke.api.ChangeStepRecord;
import bespoke.api.ErrorKind;
import bespoke.api.Outcome;
import bespoke.api.TransactionRequest;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What `svccfg change` asks for.
final class TransactionRequests {
  private static final int PATIENCE_SECONDS_MAX = 24 * 3600;
  private static final int COMMENT_CHARACTERS_MAX = 1024;

  /// The change was rolled back.
  private static final int STATUS_ROLLED_BACK = 3;

  private final Transactions changes;
  private final Authorizer authorizer;

  TransactionRequests(Transactions changes, Authorizer authorizer) {
    this.changes = changes;
    this.authorizer = authorizer;
  }

  /// Answers one request. An import or a revert is answered until it is over.
  void answer(Caller caller, TransactionRequest request, Answer answer) throws IOException {
    try {
      switch (request) {
        case TransactionRequest.ListChanges _ -> {
          answer.addAll(changes.all());
          answer.end(Outcome.OK);
        }
        case TransactionRequest.ShowChange show -> show(show.number(), answer);
        case TransactionRequest.ImportChange change -> {
          Transactions.Wish wish =
              wish(change.plan(), change.patienceSeconds(), change.comment(), answer);
          if (wish != null && mayModify(caller, answer)) {
            follow(changes.importFiles(change.files(), wish, caller.actor()), answer);
          }
        }
        case TransactionRequest.RevertChange change -> {
          Transactions.Wish wish =
              wish(change.plan(), change.patienceSeconds(), change.comment(), answer);
          if (wish != null && mayModify(caller, answer)) {
            follow(changes.revert(change.number(), wish, caller.actor()), answer);
          }
        }
      }
    } catch (Configuration.RefusedException e) {
      answer.fail(e.kind(), String.valueOf(e.getMessage()));
    }
  }

  private boolean mayModify(Caller caller, Answer answer) throws IOException {
    boolean may = authorizer.mayModify(caller) && authorizer.mayManage(caller);
    if (!may) {
      answer.fail(ErrorKind.PERMISSION, "Permission denied.");
    }
    return may;
  }

  private static Transactions.@Nullable Wish wish(
      boolean plan, int patienceSeconds, String comment, Answer answer) throws IOException {
    if (patienceSeconds < 0 || patienceSeconds > PATIENCE_SECONDS_MAX) {
      answer.fail(
          ErrorKind.LIMIT,
          "cannot wait " + patienceSeconds + " s for a wave; 1 to " + PATIENCE_SECONDS_MAX);
      return null;
    }
    if (comment.length() > COMMENT_CHARACTERS_MAX) {
      answer.fail(
          ErrorKind.LIMIT,
          "cannot keep a comment longer than "
              + COMMENT_CHARACTERS_MAX
              + " characters; shorten it");
      return null;
    }
    return new Transactions.Wish(plan, Duration.ofSeconds(patienceSeconds), comment);
  }

  private void show(long number, Answer answer) throws IOException {
    Optional<Transactions.Shown> shown = changes.show(number);
    if (shown.isEmpty()) {
      String which = number == 0 ? "there is no change yet" : "there is no change " + number;
      answer.fail(ErrorKind.NOT_FOUND, which + "; svccfg changes lists them");
      return;
    }
    answer.add(shown.get().change());
    answer.addAll(shown.get().members());
    answer.end(Outcome.OK);
  }

  private static void follow(Transactions.Begun begun, Answer answer) throws IOException {
    answer.addAll(begun.report().problems());
    if (begun.report().hasErrors()) {
      answer.end(new Outcome(ErrorKind.INVALID.word(), 1, List.of(), List.of()));
      return;
    }
    if (begun.change().isPresent()) {
      answer.add(begun.change().get().change());
      answer.addAll(begun.change().get().members());
      answer.flush();
    }
    if (begun.progress().isEmpty()) {
      answer.end(Outcome.OK);
      return;
    }
    try (Transactions.Progress progress = begun.progress().get()) {
      for (Optional<ChangeStepRecord> step = progress.next();
          step.isPresent();
          step = progress.next()) {
        answer.add(step.get());
        answer.flush();
      }
      ChangeRecord end = progress.standing();
      answer.add(end);
      answer.end(outcome(end));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }

  private static Outcome outcome(ChangeRecord end) {
    return switch (end.standing()) {
      case "complete" -> Outcome.OK;
      case "rolled back" ->
          new Outcome(
              ErrorKind.STATE.word(),
              STATUS_ROLLED_BACK,
              List.of("change " + end.number() + " was rolled back: " + end.why()),
              List.of());
      default ->
          Outcome.failed(
              ErrorKind.SHUTTING_DOWN,
              "the daemon is going down; the next one goes on with change " + end.number());
    };
  }
}
