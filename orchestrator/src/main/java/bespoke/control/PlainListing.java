package bespoke.control;

import bespoke.api.InstanceDetail;
import bespoke.api.InstanceRecord;
import bespoke.model.EnabledSetting;
import bespoke.model.InstanceStatus;
import java.util.Collection;
import java.util.List;

/// What plain `svcs` lists: what is enabled, permanently or for now (smf.md 8.1).
public final class PlainListing {
  private PlainListing() {}

  /// The records of those instances that are listed, by FMRI, with no more than is shown of them.
  public static List<InstanceRecord> of(Collection<InstanceStatus> statuses) {
    return statuses.stream()
        .filter(status -> isListed(status.enabled()))
        .sorted((a, b) -> a.fmri().compareTo(b.fmri()))
        .map(status -> Records.instance(status, InstanceDetail.NONE).brief())
        .toList();
  }

  static boolean isListed(EnabledSetting enabled) {
    return enabled.permanent().orElse(false) || enabled.override().orElse(false);
  }
}
