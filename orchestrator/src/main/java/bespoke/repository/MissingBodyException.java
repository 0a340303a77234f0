package bespoke.repository;

import java.nio.file.Path;

/// Property groups are not there: swept by a writer after the reader looked their number up, or
/// lost.
final class MissingBodyException extends RepositoryException {

  MissingBodyException(Path file, long id) {
    super("the property groups " + id + " of " + file + " are missing", null);
  }

  @Override
  public String getMessage() {
    return String.valueOf(super.getMessage());
  }
}
