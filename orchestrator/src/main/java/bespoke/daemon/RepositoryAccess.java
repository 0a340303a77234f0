package bespoke.daemon;

import bespoke.api.ErrorKind;
import bespoke.control.Configuration;
import bespoke.repository.RepositoryException;

/// Something of the repository that a request needs.
///
/// @param <T> what it gives
@FunctionalInterface
interface RepositoryAccess<T> {
  T get() throws RepositoryException, Configuration.RefusedException;

  /// Gets it; a failure of the repository refuses the request.
  static <T> T of(RepositoryAccess<T> access) throws Configuration.RefusedException {
    try {
      return access.get();
    } catch (RepositoryException e) {
      throw new Configuration.RefusedException(ErrorKind.INTERNAL, String.valueOf(e.getMessage()));
    }
  }
}
