package bespoke.explain;

import bespoke.model.InstanceFmri;
import bespoke.model.InstanceState;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Why one instance is in its state: a block of svcs(1) `-x`.
///
/// @param fmri of the instance
/// @param commonName from its template
/// @param state now
/// @param next the state it is moving to, or null
/// @param sinceEpochMillis when it came to this state, in milliseconds since 1970 UTC
/// @param reasons in order; empty for an instance that is online
/// @param seeAlso manual pages, documents, then logs, in order
/// @param impact the instances that are not running because of this one, sorted
public record Explanation(
    InstanceFmri fmri,
    Optional<String> commonName,
    InstanceState state,
    @Nullable InstanceState next,
    long sinceEpochMillis,
    List<Reason> reasons,
    List<SeeAlso> seeAlso,
    List<InstanceFmri> impact) {

  public Explanation {
    reasons = List.copyOf(reasons);
    seeAlso = List.copyOf(seeAlso);
    impact = List.copyOf(impact);
  }

  /// The text after `Impact:` as far as svcs(1) `-v` is concerned: `verbose` ends it with a colon,
  /// and the FMRIs of [#impact] follow, one a line.
  public String impactText(boolean verbose) {
    if (impact.isEmpty()) {
      return state.isRunning() ? "None." : "This service is not running.";
    }
    String count =
        impact.size() == 1
            ? "1 dependent service is not running"
            : impact.size() + " dependent services are not running";
    return count + (verbose ? ":" : ".  (Use -v for list.)");
  }
}
