package bespoke.manifest;

import bespoke.model.Fmri;
import bespoke.model.InstanceFmri;
import bespoke.model.Origin;
import bespoke.model.PropertyGroup;
import bespoke.model.PropertyGroups;
import bespoke.model.ServiceDescription;
import bespoke.model.ServiceDescription.Dependent;
import bespoke.model.ServiceDescription.InstanceDescription;
import bespoke.model.ServiceFmri;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Finds what is wrong only when several descriptions are seen together; both places are named, the
/// later one is at fault.
///
/// Dependency cycles are found by the graph, which sees what is already running as well.
final class BundleCheck {

  /// The format whose files may add to each other (service_bundle(5)); [ServiceMerge] unites them.
  private static final String MERGES = "smf";

  private final Map<InstanceFmri, Origin> instances = new HashMap<>();
  private final Map<ServiceFmri, Origin> services = new HashMap<>();
  private final Map<Clash, Origin> dependencies = new HashMap<>();
  private final DependentClashes clashes = new DependentClashes();

  /// A dependency group of a service or an instance.
  private record Clash(Fmri owner, String group) {}

  private BundleCheck() {}

  /// The same files, with the problems added.
  static List<ManifestFile> check(List<ManifestFile> files) {
    BundleCheck check = new BundleCheck();
    files.forEach(check::noteOwnDependencies);
    return files.stream().map(check::file).toList();
  }

  /// What a service says of itself stands before what others add to it.
  private void noteOwnDependencies(ManifestFile file) {
    for (ServiceDescription service : file.services()) {
      note(service.fmri(), service.groups());
      for (InstanceDescription instance : service.instances()) {
        note(service.fmri().instance(instance.name()), instance.groups());
      }
    }
  }

  private void note(Fmri owner, PropertyGroups groups) {
    for (PropertyGroup group : groups.ofType(PropertyGroup.DEPENDENCY)) {
      dependencies.putIfAbsent(new Clash(owner, group.name()), group.origin());
    }
    clashes.noteOwn(owner, groups);
  }

  private ManifestFile file(ManifestFile file) {
    if (file.format().equals(MERGES)) {
      return clashes.without(file);
    }
    List<Problem> found = new ArrayList<>(0);
    for (ServiceDescription service : file.services()) {
      service(service, found);
    }
    if (found.isEmpty()) {
      return file;
    }
    found.addAll(file.problems());
    return file.withProblems(found.stream().sorted().toList());
  }

  private void service(ServiceDescription service, List<Problem> found) {
    boolean speaks = !service.groups().byName().isEmpty() || !service.dependents().isEmpty();
    Origin firstInstance = null;
    for (InstanceDescription instance : service.instances()) {
      InstanceFmri fmri = service.fmri().instance(instance.name());
      Origin first = instances.putIfAbsent(fmri, instance.origin());
      if (first != null) {
        firstInstance = first;
        add(found, instance.origin(), "cannot describe " + fmri + " twice", first);
      }
      dependents(instance.dependents(), found);
    }
    if (speaks) {
      Origin first = services.putIfAbsent(service.fmri(), service.origin());
      if (first != null && firstInstance == null) {
        add(found, service.origin(), "cannot describe " + service.fmri() + " twice", first);
      }
    }
    dependents(service.dependents(), found);
  }

  private void dependents(List<Dependent> dependents, List<Problem> found) {
    for (Dependent dependent : dependents) {
      String group = dependent.dependency().name();
      Origin place = dependent.dependency().origin();
      Origin first = dependencies.putIfAbsent(new Clash(dependent.target(), group), place);
      if (first != null) {
        add(
            found,
            place,
            "cannot add a dependency named \"" + group + "\" to " + dependent.target(),
            first);
      }
    }
  }

  private static void add(
      List<Problem> found, Origin place, String message, @Nullable Origin first) {
    if (place instanceof Origin.File at) {
      String where = first == null ? "" : "the first is at " + first + "; remove or rename one";
      found.add(new Problem(at.file(), at.line(), at.column(), message, where));
    }
  }
}
