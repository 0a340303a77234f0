package bespoke.control;

import bespoke.api.ChangeRecord;
import bespoke.api.ChangeStepRecord;
import bespoke.api.ErrorKind;
import bespoke.api.Outcome;
import bespoke.api.TransactionRequest;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

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
        case TransactionRequest.Make make -> {
          Optional<Outcome> refusal = refusal(caller, make);
          if (refusal.isPresent()) {
            answer.end(refusal.get());
          } else {
            follow(make, changes.begin(make, caller.actor()), answer);
          }
        }
      }
    } catch (Configuration.RefusedException e) {
      answer.fail(e.kind(), String.valueOf(e.getMessage()));
    }
  }

  /// Lets a change be foreseen.
  ///
  /// @param foresight what comes of a course of events that begins now
  /// @return an outcome instead when it would be refused
  /// @throws Configuration.RefusedException if it would be refused for what is configured now
  Result foresee(Caller caller, TransactionRequest.Make make, Transactions.Foresight foresight)
      throws Configuration.RefusedException {
    Optional<Outcome> refusal = refusal(caller, make);
    return refusal.isPresent()
        ? new Result(refusal.get(), Optional.empty())
        : foreseen(changes.foresee(make, caller.actor(), foresight));
  }

  /// What was foreseen.
  ///
  /// @param foreseen empty when it was refused without a look at it
  record Result(Outcome outcome, Optional<Transactions.Foreseen> foreseen) {}

  private static Result foreseen(Transactions.Foreseen foreseen) {
    return new Result(
        foreseen.report().hasErrors() ? invalid() : Outcome.OK, Optional.of(foreseen));
  }

  private static Outcome invalid() {
    return new Outcome(ErrorKind.INVALID.word(), 1, List.of(), List.of());
  }

  private Optional<Outcome> refusal(Caller caller, TransactionRequest.Make make) {
    if (make.patienceSeconds() < 0 || make.patienceSeconds() > PATIENCE_SECONDS_MAX) {
      return Optional.of(
          Outcome.failed(
              ErrorKind.LIMIT,
              "cannot wait "
                  + make.patienceSeconds()
                  + " s for a wave; 1 to "
                  + PATIENCE_SECONDS_MAX));
    }
    if (make.comment().length() > COMMENT_CHARACTERS_MAX) {
      return Optional.of(
          Outcome.failed(
              ErrorKind.LIMIT,
              "cannot keep a comment longer than "
                  + COMMENT_CHARACTERS_MAX
                  + " characters; shorten it"));
    }
    return authorizer.mayModify(caller) && authorizer.mayManage(caller)
        ? Optional.empty()
        : Optional.of(Outcome.failed(ErrorKind.PERMISSION, "Permission denied."));
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

  private static void follow(TransactionRequest.Make make, Transactions.Begun begun, Answer answer)
      throws IOException {
    answer.addAll(begun.report().problems());
    if (begun.report().hasErrors()) {
      answer.end(invalid());
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
      answer.end(outcome(make, end));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }

  private static Outcome outcome(TransactionRequest.Make make, ChangeRecord end) {
    boolean isWanted =
        make instanceof TransactionRequest.RevertChange revert && revert.number() == end.number();
    return switch (end.standing()) {
      case "complete" -> Outcome.OK;
      case "rolled back" ->
          isWanted
              ? Outcome.OK
              : new Outcome(
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
