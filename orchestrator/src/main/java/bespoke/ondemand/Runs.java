package bespoke.ondemand;

import bespoke.contract.Launch;
import bespoke.os.Poller;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.function.UnaryOperator;

/// What an [Occasion] may do for its instance.
public interface Runs {

  /// Runs the start method in a contract of its own.
  ///
  /// @param around words before the command
  /// @param more variables of the environment that win
  /// @param change what else the process is born with
  /// @return the contract; empty when it could not be started, which the instance's log says
  OptionalLong start(List<String> around, Map<String, String> more, UnaryOperator<Launch> change);

  /// How long the start method may take; zero means for ever.
  Duration startTimeout();

  /// Kills what is in a contract.
  void kill(long contract);

  /// Writes a line into the instance's log.
  void log(String message);

  /// The instance has failed too often: it goes to maintenance.
  ///
  /// @param reason a sentence
  void fail(String reason);

  /// What the instance waits for is another thing now.
  void tell(String about);

  /// A timer on the loop.
  Poller.Registration after(Duration delay, Runnable task);

  /// Waits for a descriptor on the loop.
  Poller.Registration watch(int descriptor, Poller.Handler handler);

  /// The wall clock.
  Clock clock();

  /// A file of the instance's own in the restarter's directory, of which nothing but the name is
  /// given.
  ///
  /// @param suffix such as `.last`
  Path file(String suffix);
}
