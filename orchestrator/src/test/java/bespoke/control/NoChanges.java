package bespoke.control;

import bespoke.api.ChangeRecord;
import bespoke.api.ErrorKind;
import bespoke.api.TransactionRequest;
import bespoke.model.Actor;
import java.util.List;
import java.util.Optional;

/// Nothing was ever changed, and nothing will be.
final class NoChanges implements Transactions {
  @Override
  public Begun begin(TransactionRequest.Make wish, Actor actor)
      throws Configuration.RefusedException {
    throw new Configuration.RefusedException(ErrorKind.NOT_AVAILABLE, "no changes here");
  }

  @Override
  public Foreseen foresee(TransactionRequest.Make wish, Actor actor, Foresight foresight)
      throws Configuration.RefusedException {
    throw new Configuration.RefusedException(ErrorKind.NOT_AVAILABLE, "no changes here");
  }

  @Override
  public List<ChangeRecord> all() {
    return List.of();
  }

  @Override
  public Optional<Shown> show(long number) {
    return Optional.empty();
  }
}
