package bespoke.manifest.systemd;

import bespoke.model.definition.LinuxNames;
import java.util.Locale;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/// Conditions about the machine (systemd.unit(5)) as commands of sh(1): what `/proc` and `/sys` say
/// without systemd.
final class MachineConditions {

  private static final String CONTAINER =
      "{ [ -e /run/systemd/container ] || [ -e /run/.containerenv ] || [ -e /.dockerenv ]"
          + " || tr '\\0' '\\n' </proc/1/environ 2>/dev/null | grep -q ^container=; }";

  private static final String VIRTUAL_MACHINE = "grep -qw hypervisor /proc/cpuinfo";

  private MachineConditions() {}

  /// A command that succeeds when the condition holds; null when there is none.
  static @Nullable String command(String kind, String value) {
    return switch (kind) {
      case "Virtualization" -> virtualization(value);
      case "Capability" -> capability(value);
      case "Security" -> security(value);
      case "ACPower" ->
          flag(
              value,
              "{ ! ls /sys/class/power_supply/*/online >/dev/null 2>&1"
                  + " || grep -qs 1 /sys/class/power_supply/*/online; }");
      case "FirstBoot" -> flag(value, "[ -e /run/systemd/first-boot ]");
      case "CPUs" ->
          value.matches("(>=)?[1-9][0-9]{0,4}")
              ? "[ \"$(nproc)\" -ge " + value.replace(">=", "") + " ]"
              : null;
      default -> null;
    };
  }

  private static @Nullable String virtualization(String value) {
    return switch (value.toLowerCase(Locale.ROOT)) {
      case "container" -> CONTAINER;
      case "vm" -> "{ ! " + CONTAINER + " && " + VIRTUAL_MACHINE + "; }";
      case "yes", "true", "1", "on" -> "{ " + CONTAINER + " || " + VIRTUAL_MACHINE + "; }";
      case "no", "false", "0", "off" -> "! { " + CONTAINER + " || " + VIRTUAL_MACHINE + "; }";
      case "private-users" -> "! grep -q ' 0 *4294967295$' /proc/self/uid_map";
      default -> null;
    };
  }

  /// Whether the bounding set has it.
  private static @Nullable String capability(String value) {
    String name = value.toLowerCase(Locale.ROOT).replaceFirst("^cap_", "");
    OptionalInt number = LinuxNames.capabilityNumber(name);
    return number.isEmpty()
        ? null
        : "[ $((0x$(sed -n 's/^CapBnd:[[:space:]]*//p' /proc/self/status) >> "
            + number.getAsInt()
            + " & 1)) = 1 ]";
  }

  private static @Nullable String security(String value) {
    return switch (value) {
      case "selinux" -> "[ -e /sys/fs/selinux/enforce ]";
      case "apparmor" -> "grep -qs Y /sys/module/apparmor/parameters/enabled";
      case "smack" -> "[ -e /sys/fs/smackfs/cipso2 ]";
      case "ima" -> "[ -d /sys/kernel/security/ima ]";
      case "tpm2" -> "[ -e /dev/tpmrm0 ]";
      case "audit" -> "[ -e /proc/self/loginuid ]";
      default -> null;
    };
  }

  private static @Nullable String flag(String value, String test) {
    return Quantities.flag(value).map(isOn -> isOn ? test : "! " + test).orElse(null);
  }
}
