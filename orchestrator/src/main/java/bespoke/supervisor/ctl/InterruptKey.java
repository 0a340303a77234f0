package bespoke.supervisor.ctl;

import bespoke.os.SignalHandling;

/// What Ctrl-C (SIGINT) does for a while. Afterwards it ends the program again.
final class InterruptKey implements AutoCloseable {
  /// What a shell reports of a program that SIGINT has ended.
  private static final int STATUS = 130;

  private InterruptKey() {}

  static InterruptKey does(Runnable action) {
    boolean _ = SignalHandling.handle("INT", action);
    return new InterruptKey();
  }

  @Override
  public void close() {
    boolean _ = SignalHandling.handle("INT", () -> Runtime.getRuntime().halt(STATUS));
  }
}
