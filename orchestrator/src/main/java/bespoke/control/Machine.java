package bespoke.control;

import bespoke.api.OperandMatcher;
import bespoke.engine.Event;
import bespoke.model.Actor;
import bespoke.model.InstanceFmri;
import bespoke.model.InstanceStatus;
import bespoke.model.Transition;
import bespoke.plan.Present;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// What the control socket needs of the daemon.
public interface Machine extends States {
  /// All names, for the matching of operands.
  OperandMatcher.Catalogue catalogue();

  /// Whether nothing moves.
  boolean isSettled();

  /// Gives the engine what a person asked for, and waits until it was handled and what must be
  /// durable is.
  ///
  /// @throws BusyException if too much waits already, or the daemon is going down
  void request(Event.Requested event, Actor actor) throws BusyException;

  /// Lets a new version of the daemon take the place of this one, in the same process; no service
  /// notices.
  ///
  /// @return does it, which closes every connection
  /// @throws BusyException if there is no daemon to execute
  Runnable restartDaemon(Actor actor) throws BusyException;

  /// Writes what somebody far away needs to help, without secrets: a zip archive.
  ///
  /// @param out stays the caller's
  void report(OutputStream out) throws IOException;

  /// Every instance now, and every transition from then on without gap.
  ///
  /// @param backlog notices that may wait before the subscription is cut off
  Watch watch(int backlog);

  /// Follows what happens in contracts, from now on.
  ///
  /// @param backlog how many unread events there may be
  Subscription<ContractNotice> contractEvents(int backlog);

  /// Somebody was told what plain `svcs` lists, and may ask again soon.
  default void plainlyListed() {}

  /// This moment, copied, for a plan.
  Present present();

  /// The delegated restarters' side.
  Delegation delegation();

  /// The path of an instance's log, whether or not it exists.
  String logFile(InstanceFmri fmri);

  /// Which of an instance's limits this machine cannot keep, a sentence each.
  List<String> unavailableLimits(InstanceStatus status);

  /// The processes of a contract.
  List<Long> members(long contract);

  /// `cgroup` or `tracking`.
  String contractBackEnd();

  /// The contract a process is in, if it is one of ours, and whose it is.
  Optional<InstanceFmri> instanceOf(long pid);

  /// Instances at a moment and what follows.
  ///
  /// @param now every instance, by FMRI
  /// @param subscription what follows
  record Watch(List<InstanceStatus> now, Subscription<Notice> subscription) {}

  /// A step and who asked for it.
  ///
  /// @param actor where a person asked for the event that led to it directly
  record Notice(Transition transition, Optional<Actor> actor) {}

  /// Something that happened in a contract.
  ///
  /// @param event rising
  /// @param type `fork`, `exit`, `signal`, `core` or `empty`
  /// @param pid the process, or 0
  /// @param status what it exited with, or the signal, or 0
  record ContractNotice(
      long event, long atEpochMillis, long contract, String type, long pid, int status) {}

  /// News as they happen.
  ///
  /// @param <N> what is told
  interface Subscription<N> extends AutoCloseable {
    /// Waits for the next one.
    ///
    /// @return empty if none came in time
    /// @throws CutOffException if the reader was too slow, or the daemon is going down
    Optional<N> next(Duration patience) throws CutOffException, InterruptedException;

    @Override
    void close();
  }

  /// The daemon cannot take the request now.
  final class BusyException extends Exception {
    private static final long serialVersionUID = 1;

    public BusyException(String message) {
      super(message);
    }
  }

  /// The stream of transitions has ended.
  final class CutOffException extends Exception {
    private static final long serialVersionUID = 1;

    public CutOffException(String message) {
      super(message);
    }
  }
}
