package bespoke.os;

import bespoke.os.Spawned.Failed;
import bespoke.os.Spawned.Step;
import java.util.Optional;

/// What a thread passes on to the processes that it spawns. Cannot be taken back.
final class ThreadAttributes {
  private static final int PRIO_PROCESS = 0;
  private static final int SET_NO_NEW_PRIVILEGES = 38;

  private static final NativeFunction SET_PRIORITY = NativeFunction.named("setpriority");

  private ThreadAttributes() {}

  /// Gives the current thread what the request asks for.
  ///
  /// @return what could not be set
  static Optional<Spawned> set(SpawnRequest request) {
    if (request.nice().isPresent()) {
      int answer = SET_PRIORITY.orErrno(PRIO_PROCESS, 0, request.nice().getAsInt());
      if (answer != 0) {
        return Optional.of(new Failed(Step.NICE, -answer));
      }
    }
    if (request.noNewPrivileges()) {
      int error = ProcessControl.call(SET_NO_NEW_PRIVILEGES, 1);
      if (error != 0) {
        return Optional.of(new Failed(Step.NO_NEW_PRIVILEGES, error));
      }
    }
    return Optional.empty();
  }

  /// prctl(2).
  static final class ProcessControl {
    private static final NativeFunction PRCTL = NativeFunction.named("prctl");

    private ProcessControl() {}

    static int call(int operation, long argument) {
      return -Math.min(0, PRCTL.orErrno(operation, argument));
    }
  }
}
