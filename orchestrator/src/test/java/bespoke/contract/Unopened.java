package bespoke.contract;

import java.lang.reflect.Proxy;

/// Stands where contracts will be once a test has opened them.
final class Unopened {
  static final Contracts CONTRACTS =
      (Contracts)
          Proxy.newProxyInstance(
              Contracts.class.getClassLoader(),
              new Class<?>[] {Contracts.class},
              (_, method, _) -> {
                throw new IllegalStateException(method.getName() + " before opening");
              });

  private Unopened() {}
}
