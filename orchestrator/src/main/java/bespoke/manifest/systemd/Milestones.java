package bespoke.manifest.systemd;

import bespoke.model.InstanceFmri;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/// What systemd's own units (systemd.special(7)) are here.
final class Milestones {

  /// Targets that are milestones and services which bespoke ships.
  private static final Map<String, String> NATIVE =
      Map.of(
          "sysinit.target", "milestone/single-user",
          "local-fs.target", "system/filesystem/local",
          "network.target", "milestone/network",
          "network-online.target", "milestone/network",
          "nss-lookup.target", "milestone/name-services",
          "multi-user.target", "milestone/multi-user",
          "graphical.target", "milestone/multi-user-server");

  /// What requires what among them, as the shipped manifests say.
  static final Map<String, List<String>> CHAIN =
      Map.of(
          "milestone/single-user", List.of("system/filesystem/local"),
          "milestone/name-services", List.of("milestone/network"),
          "milestone/multi-user", List.of("milestone/single-user", "milestone/name-services"),
          "milestone/multi-user-server", List.of("milestone/multi-user"));

  private static final Set<String> SHUTDOWN =
      Set.of(
          "shutdown.target",
          "umount.target",
          "final.target",
          "reboot.target",
          "halt.target",
          "poweroff.target",
          "kexec.target",
          "exit.target",
          "rescue.target",
          "emergency.target",
          "initrd-switch-root.target");

  private static final Pattern OF_SYSTEMD =
      Pattern.compile(
          "(basic|remote-fs|remote-fs-pre|local-fs-pre|network-pre|nss-user-lookup|time-sync|time-set|"
              + "rpcbind|sockets|timers|paths|slices|swap|cryptsetup|cryptsetup-pre|veritysetup|"
              + "integritysetup|getty|getty-pre|remote-cryptsetup|remote-veritysetup|boot-complete|"
              + "first-boot-complete|machines|default)\\.target|syslog\\.(socket|service)|"
              + "systemd-.*\\.(service|socket|path|timer)|dbus\\.(socket|service)|"
              + "(plymouth|rc-local|getty|serial-getty|console-getty|user|cloud-|quotaon|"
              + "kmod-static-nodes|modprobe)[-@a-z0-9]*\\.(service|socket)");

  private Milestones() {}

  /// The milestone that a target is.
  static Optional<InstanceFmri> nativeOf(UnitName name) {
    return Optional.ofNullable(NATIVE.get(name.toString()))
        .map(service -> new InstanceFmri(service, InstanceFmri.DEFAULT_INSTANCE));
  }

  /// Whether the unit only exists to shut the machine down, or to stop everything else.
  static boolean isShutdown(UnitName name) {
    return SHUTDOWN.contains(name.toString());
  }

  /// Whether the unit is a part of systemd, which a machine without it lacks.
  static boolean isOfSystemd(UnitName name) {
    return OF_SYSTEMD.matcher(name.toString()).matches();
  }
}
