package bespoke.supervisor.server;

import java.util.function.Consumer;

/// One way to ask how a program is.
interface Question {
  /// Asks once; the answer may come at once or later, on any thread.
  ///
  /// @param answer gets what is wrong; empty if all is well
  void ask(Consumer<String> answer);

  /// Nobody wants the answer any more. Called on the loop.
  default void cancel() {}
}
