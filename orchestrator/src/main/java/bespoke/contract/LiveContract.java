package bespoke.contract;

import bespoke.os.Descriptor;
import bespoke.os.Poller;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/// What [LiveContracts] knows about one contract; guarded by its lock.
final class LiveContract {
  final long id;

  /// Children that were launched in it and are not reaped; each counts as a member, since it may
  /// not have reached its contract yet.
  final Set<Integer> children = new HashSet<>();

  /// Launches that are under way; each counts as a member.
  int launching;

  /// Watches of adopted processes.
  final Map<KnownProcess, Watch> adopted = new HashMap<>();

  /// Whether emptiness is to be told.
  boolean isArmed;

  boolean isKilling;

  /// Nobody is told anything about it any more.
  boolean isAbandoned;

  /// The watch of an adopted process.
  record Watch(Poller.Registration registration, Descriptor descriptor) {
    void end() {
      registration.cancel();
      descriptor.close();
    }
  }

  LiveContract(long id) {
    this.id = id;
  }
}
