package bespoke.control;

import bespoke.api.MemberRecord;
import bespoke.api.Request;
import bespoke.model.InstanceFmri;
import bespoke.model.InstanceStatus;
import bespoke.plan.Effect;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The plans that can still be applied, by id; only the last few, until the daemon ends. For any
/// thread.
final class KeptPlans {
  private static final int PLANS_MAX = 32;

  /// Larger requests, such as imports of whole directories, are not kept.
  private static final int REQUEST_BYTES_MAX = 1 << 20;

  private final Map<String, Kept> plans = new LinkedHashMap<>();
  private long count;

  /// A plan that waits.
  ///
  /// @param uid who asked for it; nobody else can apply it
  /// @param statuses how the instances were that matter to it
  /// @param members what it would configure, when it is a change of many services
  record Kept(
      Request request,
      long uid,
      Map<InstanceFmri, InstanceStatus> statuses,
      List<Effect> effects,
      List<MemberRecord> members) {
    Kept {
      members = List.copyOf(members);
      statuses = Map.copyOf(statuses);
      effects = List.copyOf(effects);
    }
  }

  /// Keeps a plan.
  ///
  /// @param generation of the machine when it was made
  /// @return its id, or empty if it is too large to be kept
  synchronized String keep(Kept plan, long generation) {
    if (plan.request().toLine().length > REQUEST_BYTES_MAX) {
      return "";
    }
    String id = generation + "-" + ++count;
    plans.put(id, plan);
    if (plans.size() > PLANS_MAX) {
      plans.remove(plans.keySet().iterator().next());
    }
    return id;
  }

  /// Takes a plan out; it can be applied once.
  synchronized Optional<Kept> take(String id, long uid) {
    Kept plan = plans.get(id);
    if (plan == null || plan.uid() != uid) {
      return Optional.empty();
    }
    plans.remove(id);
    return Optional.of(plan);
  }
}
