package bespoke.model.schedule;

import java.io.Serial;

/// A text is no schedule; the message says which part is wrong and what was expected there.
public final class ScheduleException extends Exception {
  @Serial private static final long serialVersionUID = 1L;

  ScheduleException(String message) {
    super(message, null, false, false);
  }
}
