package bespoke.journal;

import bespoke.engine.Decision;
import bespoke.model.InstanceFmri;
import java.util.List;

/// A number that tells whether the same decisions were made, without keeping them.
///
/// It covers which decisions there were, their order, their instances, and the numbers of runs,
/// contracts and timers; texts are left out. Made from what is the same in every JVM.
final class Fingerprint {
  /// Nothing is known: written by a version that kept none.
  static final int UNKNOWN = 0;

  private Fingerprint() {}

  static int of(List<Decision> decisions) {
    int mixed = 17;
    for (int i = 0; i < decisions.size(); i++) {
      mixed = 31 * mixed + of(decisions.get(i));
    }
    return mixed == UNKNOWN ? 1 : mixed;
  }

  private static int of(Decision decision) {
    return switch (decision) {
      case Decision.RunMethod it ->
          mix(1, name(it.instance()), it.run(), it.contract() * 8 + it.kind().ordinal());
      case Decision.SignalContract it ->
          mix(2, name(it.instance()), it.contract(), it.signal().hashCode());
      case Decision.KillContract it -> mix(3, name(it.instance()), it.contract(), 0);
      case Decision.AwaitEmpty it -> mix(4, name(it.instance()), it.contract(), 0);
      case Decision.AbandonContract it -> mix(5, name(it.instance()), it.contract(), 0);
      case Decision.RunProbe it -> mix(6, name(it.instance()), it.run(), 0);
      case Decision.ScheduleTimer it ->
          mix(7, name(it.instance()), it.timer(), it.delay().toNanos());
      case Decision.CancelTimer it -> mix(8, name(it.instance()), it.timer(), 0);
      case Decision.RecordTransition it -> mix(9, name(it.transition().instance()), 0, 0);
      case Decision.RecordEnabled it ->
          mix(10, name(it.instance()), it.enabled().effective() ? 1 : 0, 0);
      case Decision.RecordMilestone it -> 11;
      case Decision.TakeStartSnapshot it -> mix(12, name(it.instance()), 0, 0);
      case Decision.WriteLog it -> mix(13, name(it.instance()), 0, 0);
      case Decision.WriteDaemonLog it -> 14;
      case Decision.WatchFile it -> mix(15, it.file().path().hashCode(), 0, 0);
      case Decision.UnwatchFile it -> mix(16, it.file().path().hashCode(), 0, 0);
      case Decision.SendToRestarter it ->
          mix(17, name(it.instance()), it.event().name().hashCode(), 0);
      case Decision.ForgetInstance it -> mix(18, name(it.instance()), 0, 0);
      case Decision.CompleteShutdown it -> 19;
    };
  }

  private static int name(InstanceFmri instance) {
    return 31 * instance.service().hashCode() + instance.instance().hashCode();
  }

  private static int mix(int kind, int instance, long number, long other) {
    return (int) (kind + 31L * (instance + 31L * (number + 31L * other)));
  }
}
