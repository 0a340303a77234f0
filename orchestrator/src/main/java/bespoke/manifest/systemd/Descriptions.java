package bespoke.manifest.systemd;

import bespoke.manifest.Fidelity;
import bespoke.manifest.GroupDraft;
import bespoke.manifest.SourceFile;
import bespoke.manifest.systemd.ServiceMapping.Host;
import bespoke.model.InstanceFmri;
import bespoke.model.PropertyGroups;
import bespoke.model.ServiceDescription;
import bespoke.model.ServiceDescription.InstanceDescription;
import bespoke.model.ServiceFmri;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The services of all units of one reading.
final class Descriptions {

  private final Report report;
  private final UnitSet units;
  private final Activation activation;
  private final Map<String, Map<ServiceFmri, List<InstanceDescription>>> made =
      new LinkedHashMap<>();

  Descriptions(List<SourceFile> files, Report report, PasswordFile passwords) {
    this.report = report;
    this.units = new UnitSet(files, report, passwords);
    this.activation = new Activation(units);
    Relations relations = new Relations(units, activation, report);
    for (Unit unit : units.all()) {
      Fmris.of(unit.name()).ifPresent(self -> relations.addDefaults(unit, self));
    }
    Dependencies dependencies = new Dependencies(relations);
    units.all().forEach(unit -> unit(unit, dependencies));
  }

  /// The descriptions by the file of their fragment.
  Map<String, List<ServiceDescription>> byFile() {
    Map<String, List<ServiceDescription>> byFile = new LinkedHashMap<>();
    made.forEach((file, services) ->
        byFile.put(
            file,
            services.entrySet().stream()
                .map(entry ->
                    new ServiceDescription(
                        entry.getKey(),
                        PropertyGroups.EMPTY,
                        entry.getValue(),
                        List.of(),
                        entry.getValue().getFirst().origin()))
                .toList()));
    return byFile;
  }

  private void unit(Unit unit, Dependencies dependencies) {
    UnitName name = unit.name();
    Optional<InstanceFmri> fmri = Fmris.of(name);
    Optional<InstanceFmri> milestone = Milestones.nativeOf(name);
    if (!UnitName.IMPORTED.contains(name.suffix())) {
      note(
          unit,
          Fidelity.DROPPED,
          "there are no " + name.suffix() + " units; fstab(5) and the like stay in force");
    } else if (milestone.isPresent()) {
      note(unit, Fidelity.APPROXIMATED, "is " + milestone.get() + ", which bespoke ships");
    } else if (fmri.isEmpty()) {
      report.problem(
          unit.at(), "cannot name the service of " + name, "a name has at most 119 characters");
    } else {
      GroupDraft draft = new GroupDraft(report);
      if (fill(unit, draft)) {
        dependencies.fill(unit, fmri.get(), draft);
        add(unit, fmri.get(), draft.build(), dependencies);
      } else {
        note(unit, Fidelity.DROPPED, "nothing of it is left to import");
      }
      Leftovers.note(unit, report);
    }
  }

  private void note(Unit unit, Fidelity fidelity, String text) {
    report.note(fidelity, unit.at(), "unit", text);
  }

  /// @return whether there is anything to run
  private boolean fill(Unit unit, GroupDraft draft) {
    TemplateMapping.fill(unit, report, draft);
    return switch (unit.name().suffix()) {
      case "service" -> {
        ServiceMapping.fill(unit, Host.STARTD, report, draft);
        yield true;
      }
      case "timer" -> {
        triggered(unit, "Timer", Host.PERIODIC, draft);
        yield new TimerMapping(unit, report, draft).fill();
      }
      case "path" -> {
        triggered(unit, "Path", Host.PERIODIC, draft);
        yield new PathMapping(unit, report, draft).fill();
      }
      case "socket" -> {
        boolean usesStdio = triggered(unit, "Socket", Host.INETD, draft);
        yield new SocketMapping(unit, report, draft).fill(usesStdio);
      }
      default -> {
        new Conditions(unit, report, false, "exit 0").fill(draft);
        draft.method("start", ":true", unit.at());
        draft.text("startd", "duration", "transient", unit.at());
        yield true;
      }
    };
  }

  /// Gives a timer, socket or path unit the methods of what it starts.
  ///
  /// @return whether that has the socket as its standard input
  private boolean triggered(Unit unit, String section, Host host, GroupDraft draft) {
    boolean accepts = unit.isOn("Socket", "Accept", false);
    Optional<Assignment> said = unit.last(section, section.equals("Socket") ? "Service" : "Unit");
    UnitName same = unit.name().withSuffix("service");
    UnitName name =
        said.flatMap(it -> unit.specifiers().expand(it.value()))
            .flatMap(UnitName::parse)
            .orElse(accepts ? same.template().withInstance("connection") : same);
    Unit service = accepts ? units.make(name) : units.find(name);
    if (service == null || !service.name().suffix().equals("service")) {
      InstanceFmri fmri = Fmris.of(units.real(name)).orElseThrow();
      String start =
          "\"$BESPOKE_BIN/svcadm\" enable -t "
              + fmri
              + " && \"$BESPOKE_BIN/svcadm\" restart "
              + fmri;
      draft.method("start", start, unit.at());
      said.ifPresent(
          it -> report.approximated(it, name + " is not among the files; starts " + fmri));
      note(unit, Fidelity.APPROXIMATED, name + " is not among the files; starts " + fmri);
    } else {
      ServiceMapping.fill(service, host, report, draft);
      said.ifPresent(it -> report.exact(it, "has the methods of " + name));
    }
    new Conditions(unit, report, false, "exit 0").fill(draft);
    return service != null
        && service.last("Service", "StandardInput").stream()
            .anyMatch(it -> it.value().equals("socket"));
  }

  private void add(Unit unit, InstanceFmri fmri, PropertyGroups groups, Dependencies dependencies) {
    boolean isEnabled = activation.isEnabled(unit);
    if (activation.isActive(unit.name()) && !isEnabled) {
      boolean isOfSystemd = Activation.isOfSystemd(unit);
      note(
          unit,
          Fidelity.APPROXIMATED,
          isOfSystemd
              ? "not enabled: it is a part of systemd"
              : "not enabled: its socket starts it, as "
                  + activation.socketOf(unit).flatMap(it -> Fmris.of(it.name())).orElse(fmri));
    }
    made.computeIfAbsent(unit.at().file(), _ -> new LinkedHashMap<>())
        .computeIfAbsent(fmri.serviceFmri(), _ -> new ArrayList<>())
        .add(
            new InstanceDescription(
                fmri.instance(),
                Optional.of(isEnabled),
                groups,
                dependencies.dependents(fmri),
                unit.at()));
  }
}
