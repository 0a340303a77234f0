package bespoke.manifest;

import bespoke.model.Fmri;
import bespoke.model.Origin;
import bespoke.model.PropertyGroup;
import bespoke.model.PropertyGroups;
import bespoke.model.ServiceDescription;
import bespoke.model.ServiceDescription.Dependent;
import bespoke.model.ServiceDescription.InstanceDescription;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/// Dependents of SMF's XML that would make a dependency where one of that name is already: as
/// svccfg(8) does, the first stays and the report tells of the other.
///
/// Our own format refuses such a file ([BundleCheck]); manifests that were delivered for another
/// system are taken as they are.
final class DependentClashes {

  private final Map<Place, Owner> taken = new HashMap<>();

  /// A dependency group of a service or an instance.
  private record Place(Fmri owner, String group) {}

  /// Whose dependency it is.
  private record Owner(Fmri declarer, Origin origin) {}

  /// What an entity says of itself comes before what others add to it.
  void noteOwn(Fmri owner, PropertyGroups groups) {
    for (PropertyGroup group : groups.ofType(PropertyGroup.DEPENDENCY)) {
      taken.putIfAbsent(new Place(owner, group.name()), new Owner(owner, group.origin()));
    }
  }

  /// The file without what clashes, with a line for each.
  ManifestFile without(ManifestFile file) {
    Set<Place> forced =
        file.marks().stream()
            .filter(mark -> mark.kind() == ImportMark.Kind.OVERRIDE)
            .map(mark -> new Place(mark.entity(), mark.group()))
            .collect(Collectors.toSet());
    List<ImportNote> notes = new ArrayList<>(0);
    List<ServiceDescription> services = new ArrayList<>(file.services().size());
    for (ServiceDescription service : file.services()) {
      List<InstanceDescription> instances = new ArrayList<>(service.instances().size());
      for (InstanceDescription it : service.instances()) {
        Fmri fmri = service.fmri().instance(it.name());
        List<Dependent> kept = kept(fmri, it.dependents(), forced, notes);
        instances.add(
            new InstanceDescription(it.name(), it.enabled(), it.groups(), kept, it.origin()));
      }
      List<Dependent> kept = kept(service.fmri(), service.dependents(), forced, notes);
      services.add(
          new ServiceDescription(
              service.fmri(), service.groups(), instances, kept, service.origin()));
    }
    return notes.isEmpty() ? file : file.withLosses(services, notes);
  }

  private List<Dependent> kept(
      Fmri declarer, List<Dependent> dependents, Set<Place> forced, List<ImportNote> notes) {
    List<Dependent> kept = new ArrayList<>(dependents.size());
    for (Dependent dependent : dependents) {
      String name = dependent.dependency().name();
      Owner mine = new Owner(declarer, dependent.dependency().origin());
      Place place = new Place(dependent.target(), name);
      Owner first = taken.putIfAbsent(place, mine);
      boolean free = first == null || first.declarer().equals(declarer);
      if (free || forced.contains(place)) {
        kept.add(dependent);
      } else if (mine.origin() instanceof Origin.File at) {
        String text =
            dependent.target() + " has a dependency of that name already, at " + first.origin();
        notes.add(
            new ImportNote(
                Fidelity.DROPPED,
                at.file(),
                at.line(),
                at.column(),
                "<dependent " + name + ">",
                text + "; rename one"));
      }
    }
    return kept;
  }
}
