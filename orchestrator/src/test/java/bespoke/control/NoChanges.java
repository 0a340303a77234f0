package bespoke.control;

import bespoke.api.ChangeRecord;
import bespoke.api.ErrorKind;
import bespoke.api.SourceText;
import bespoke.model.Actor;
import java.util.List;
import java.util.Optional;

/// Nothing was ever changed, and nothing will be.
final class NoChanges implements Transactions {
  @Override
  public Begun importFiles(List<SourceText> files, Wish wish, Actor actor)
      throws Configuration.RefusedException {
    throw new Configuration.RefusedException(ErrorKind.NOT_AVAILABLE, "no changes here");
  }

  @Override
  public Begun revert(long number, Wish wish, Actor actor) throws Configuration.RefusedException {
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
