package bespoke.delegate;

import java.io.IOException;

/// The daemon is there but does not take us as a restarter.
public final class RefusedException extends IOException {
  private static final long serialVersionUID = 1L;

  RefusedException(String answer) {
    super("the daemon refuses: " + answer);
  }
}
