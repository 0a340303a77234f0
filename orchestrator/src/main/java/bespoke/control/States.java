package bespoke.control;

import bespoke.model.FileFmri;
import bespoke.model.InstanceFmri;
import bespoke.model.InstanceStatus;
import bespoke.model.ServiceFmri;
import java.util.List;
import java.util.Optional;

/// How the instances are at this moment; each call costs what it returns.
public interface States {
  /// Every instance, by FMRI.
  List<InstanceStatus> statuses();

  /// One instance, or empty if there is none of that name.
  Optional<InstanceStatus> status(InstanceFmri fmri);

  /// The instances of a service, by name.
  List<InstanceFmri> instancesOf(ServiceFmri service);

  /// Whether a file exists.
  boolean exists(FileFmri file);
}
