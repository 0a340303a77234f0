package bespoke.explain;

import bespoke.model.FileFmri;
import bespoke.model.InstanceFmri;
import bespoke.model.InstanceStatus;
import java.util.Collection;
import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;

/// What an explanation is made from.
///
/// @param instances all of them, in any order
/// @param exists whether a file is there; asked only for dependencies of waiting instances
/// @param logFile the path of an instance's log
public record Facts(
    Collection<InstanceStatus> instances,
    Predicate<FileFmri> exists,
    Function<InstanceFmri, String> logFile) {

  public Facts {
    instances = List.copyOf(instances);
  }
}
