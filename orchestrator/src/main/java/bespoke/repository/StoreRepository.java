package bespoke.repository;

/// The persistent store on SQLite and a redo log.
final class StoreRepository {

  private StoreRepository() {}

  static Repository open(RootLock lock) throws RepositoryException {
    if (lock.root().isAbsolute()) {
      throw new RepositoryException("cannot open " + lock.root() + ": not built yet", null);
    }
    throw new RepositoryException("cannot open a relative directory", null);
  }
}
