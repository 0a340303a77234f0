package bespoke.restarter;

import bespoke.contract.LaunchFailure;
import java.io.Serial;
import java.nio.file.Path;
import java.util.List;

/// A method cannot be run; never leaves the restarter.
final class MethodNotRunException extends Exception {

  @Serial private static final long serialVersionUID = 1L;

  private final transient List<String> messages;
  private final boolean retryable;

  /// @param message for the log and for `svcs -x`
  /// @param retryable whether trying again may help
  MethodNotRunException(String message, boolean retryable) {
    super(message, null, false, false);
    this.messages = List.of(message);
    this.retryable = retryable;
  }

  /// A process that could not be started as wanted.
  MethodNotRunException(LaunchFailure failure, Path directory) {
    super(failure.reason(), null, false, false);
    this.messages = messages(failure, directory);
    this.retryable = failure.isRetryable();
  }

  /// Lines for the log, SMF's words first where it has some; the last one is the reason.
  static List<String> messages(LaunchFailure failure, Path directory) {
    return switch (failure.kind()) {
      case UNKNOWN_USER -> List.of("Could not interpret user property.", failure.reason());
      case UNKNOWN_GROUP -> List.of("Could not interpret group property.", failure.reason());
      case DIRECTORY -> List.of(WorkingDirectory.chdirMessage(directory));
      case CONTEXT -> List.of("svc.startd could not set context for method: ", failure.reason());
      case MISSING,
          NOT_EXECUTABLE,
          BAD_INTERPRETER,
          BAD_FORMAT,
          INPUT_OUTPUT,
          CONTRACT,
          RESOURCES,
          TOOL ->
          List.of(failure.reason());
    };
  }

  List<String> messages() {
    return messages;
  }

  boolean isRetryable() {
    return retryable;
  }
}
