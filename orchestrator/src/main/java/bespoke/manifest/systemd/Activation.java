package bespoke.manifest.systemd;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/// Which units a boot would start: everything that the default target pulls in, directly or not.
///
/// SMF has no pulling in: a service runs because it is enabled. So what a boot would start is
/// enabled, and nothing else.
final class Activation {

  /// Reached by every boot, whether their files are among those that were given or not.
  private static final List<String> ROOTS =
      List.of(
          "default.target",
          "multi-user.target",
          "basic.target",
          "sysinit.target",
          "local-fs.target",
          "remote-fs.target",
          "sockets.target",
          "timers.target",
          "paths.target");

  /// Reached by nothing but a person or a device.
  private static final Pattern ASIDE =
      Pattern.compile(
          "(rescue|emergency|halt|poweroff|reboot|kexec|exit|shutdown|umount|final|sleep|suspend|"
              + "hibernate|hybrid-sleep|suspend-then-hibernate|ctrl-alt-del|printer|bluetooth|sound|"
              + "smartcard|usb-gadget|system-update|system-update-pre|factory-reset|sigpwr|initrd.*|"
              + "runlevel[0-6]|graphical)\\.target");

  /// Programs that only work as a part of systemd.
  private static final Pattern OWN_PROGRAM =
      Pattern.compile(
          "[-@:+!|]*(/usr)?(/lib/systemd/.*|/s?bin/(systemctl|journalctl|udevadm|systemd-.*|loginctl|"
              + "bootctl)(\\s.*)?)");

  private final UnitSet units;
  private final Map<UnitName, Set<UnitName>> pulled = new HashMap<>();
  private final Set<UnitName> active = new HashSet<>();

  Activation(UnitSet units) {
    this.units = units;
    units.all().forEach(this::gather);
    units.pulls().forEach(pull -> pull(pull.owner(), pull.pulled()));
    Deque<UnitName> reached = new ArrayDeque<>();
    ROOTS.forEach(root -> UnitName.parse(root).ifPresent(reached::add));
    for (UnitName owner : pulled.keySet()) {
      boolean isAside = ASIDE.matcher(owner.toString()).matches();
      if (owner.suffix().equals("target") && units.find(owner) == null && !isAside) {
        reached.add(owner);
      }
    }
    while (!reached.isEmpty()) {
      UnitName name = units.real(reached.remove());
      if (active.add(name)) {
        reached.addAll(pulled.getOrDefault(name, Set.of()));
      }
    }
  }

  private void gather(Unit unit) {
    for (String key : List.of("Wants", "Requires", "BindsTo", "Upholds")) {
      for (Assignment assignment : unit.all("Unit", key)) {
        UnitSet.names(unit, assignment).forEach(name -> pull(unit.name(), name));
      }
    }
    for (Assignment assignment : unit.all("Service", "Sockets")) {
      UnitSet.names(unit, assignment).forEach(name -> pull(unit.name(), name));
    }
  }

  private void pull(UnitName owner, UnitName name) {
    pulled.computeIfAbsent(units.real(owner), _ -> new HashSet<>()).add(units.real(name));
  }

  /// Whether a boot would start it.
  boolean isActive(UnitName name) {
    return active.contains(units.real(name));
  }

  /// Whether it is to be enabled: started by a boot, not by its socket, and not a part of systemd.
  boolean isEnabled(Unit unit) {
    return isActive(unit.name()) && !isOfSystemd(unit) && socketOf(unit).isEmpty();
  }

  /// The active socket unit that starts this service, and stands for it.
  Optional<Unit> socketOf(Unit service) {
    if (!service.name().suffix().equals("service")) {
      return Optional.empty();
    }
    UnitName name = service.name().withSuffix("socket");
    boolean stands =
        active.contains(name)
            && units.find(name) != null
            && Objects.requireNonNull(units.find(name)).last("Socket", "Service").isEmpty()
            && !Objects.requireNonNull(units.find(name)).isOn("Socket", "Accept", false);
    return stands ? Optional.ofNullable(units.find(name)) : Optional.empty();
  }

  /// Whether its programs are parts of systemd, which do not work without it.
  static boolean isOfSystemd(Unit unit) {
    boolean isNamedSo =
        unit.name().prefix().startsWith("systemd-") || unit.name().prefix().equals("syslog");
    return isNamedSo
        || unit.assignments().stream()
            .anyMatch(assignment ->
                assignment.key().equals("ExecStart")
                    && OWN_PROGRAM.matcher(assignment.value()).matches());
  }
}
