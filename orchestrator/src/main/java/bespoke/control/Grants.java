package bespoke.control;

/// Which authorizations people hold.
@FunctionalInterface
public interface Grants {
  /// Whether the caller holds an authorization.
  boolean holds(Caller caller, String authorization);
}
