package bespoke.model;

import java.util.Set;

/// Ways in which a process ends.
///
/// @param codes exit statuses from 0 to 255
/// @param signals numbers of signals that it dies of
public record ExitStatuses(Set<Integer> codes, Set<Integer> signals) {

  /// None of them.
  public static final ExitStatuses NONE = new ExitStatuses(Set.of(), Set.of());

  public ExitStatuses {
    codes = Set.copyOf(codes);
    signals = Set.copyOf(signals);
  }

  /// Whether an end is one of them.
  public boolean contains(MethodOutcome outcome) {
    return switch (outcome) {
      case MethodOutcome.Exited(int status) -> codes.contains(status);
      case MethodOutcome.Signaled(int signal, boolean _) -> signals.contains(signal);
      case MethodOutcome.NotRun _, MethodOutcome.Unknown _ -> false;
    };
  }

  /// What the end of a `child` service means beyond its exit status of smf_method(7).
  ///
  /// @param clean ends that are as well as exit status 0 (`startd/success_status`)
  /// @param last ends after which it is not started again (`startd/no_restart_status`)
  /// @param again ends after which it is started again, whatever `startd/restart` says and whatever
  ///   else the status means (`startd/restart_status`)
  public record Meaning(ExitStatuses clean, ExitStatuses last, ExitStatuses again) {

    /// Only 0 is clean.
    public static final Meaning USUAL = new Meaning(NONE, NONE, NONE);
  }
}
