package bespoke.manifest.smf;

import bespoke.manifest.Fidelity;
import bespoke.model.Property;
import bespoke.model.PropertyGroup;
import bespoke.model.PropertyType;
import bespoke.model.definition.LinuxNames;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/// Maps Solaris privileges (privileges(7)) to Linux capabilities (capabilities(7)).
///
/// The text stays in the group's `privileges`; what it means on Linux is its `capabilities`, unless
/// the description says these by itself.
final class Privileges {

  /// What every process of Solaris may do unless it is taken away; Linux cannot take it away.
  static final Set<String> BASIC =
      Set.of(
          "file_link_any",
          "file_read",
          "file_write",
          "net_access",
          "proc_exec",
          "proc_fork",
          "proc_info",
          "proc_secflags",
          "proc_session",
          "sys_ib_info");

  /// The twins, by privilege in alphabetical order; no twin is an empty list.
  static final Map<String, List<String>> TWINS = twins();

  private static final List<String> EVERYTHING = List.of("all", "zone");

  private Privileges() {}

  private static Map<String, List<String>> twins() {
    Map<String, List<String>> twins = new TreeMap<>();
    twins.put("contract_event", List.of());
    twins.put("contract_identity", List.of());
    twins.put("contract_observer", List.of());
    twins.put("cpc_cpu", List.of("perfmon"));
    twins.put("dtrace_kernel", List.of("bpf", "perfmon"));
    twins.put("dtrace_proc", List.of("sys_ptrace"));
    twins.put("dtrace_user", List.of("sys_ptrace"));
    twins.put("file_chown", List.of("chown"));
    twins.put("file_chown_self", List.of("chown"));
    twins.put("file_dac_execute", List.of("dac_override"));
    twins.put("file_dac_read", List.of("dac_read_search"));
    twins.put("file_dac_search", List.of("dac_read_search"));
    twins.put("file_dac_write", List.of("dac_override"));
    twins.put("file_downgrade_sl", List.of());
    twins.put("file_flag_set", List.of("linux_immutable"));
    twins.put("file_owner", List.of("fowner"));
    twins.put("file_setid", List.of("fsetid"));
    twins.put("file_upgrade_sl", List.of());
    twins.put("graphics_access", List.of());
    twins.put("graphics_map", List.of());
    twins.put("ipc_dac_read", List.of("ipc_owner"));
    twins.put("ipc_dac_write", List.of("ipc_owner"));
    twins.put("ipc_owner", List.of("ipc_owner"));
    twins.put("net_bindmlp", List.of());
    twins.put("net_icmpaccess", List.of("net_raw"));
    twins.put("net_mac_aware", List.of());
    twins.put("net_mac_implicit", List.of());
    twins.put("net_observability", List.of("net_raw"));
    twins.put("net_privaddr", List.of("net_bind_service"));
    twins.put("net_rawaccess", List.of("net_raw"));
    twins.put("proc_audit", List.of("audit_write"));
    twins.put("proc_chroot", List.of("sys_chroot"));
    twins.put("proc_clock_highres", List.of());
    twins.put("proc_lock_memory", List.of("ipc_lock"));
    twins.put("proc_owner", List.of("kill", "sys_ptrace"));
    twins.put("proc_priocntl", List.of("sys_nice"));
    twins.put("proc_prioup", List.of("sys_nice"));
    twins.put("proc_setid", List.of("setgid", "setuid"));
    twins.put("proc_taskid", List.of());
    twins.put("proc_zone", List.of("kill"));
    twins.put("sys_acct", List.of("sys_pacct"));
    twins.put("sys_admin", List.of("sys_admin"));
    twins.put("sys_audit", List.of("audit_control"));
    twins.put("sys_config", List.of("sys_admin"));
    twins.put("sys_devices", List.of("mknod", "sys_rawio"));
    twins.put("sys_dl_config", List.of("net_admin"));
    twins.put("sys_flow_config", List.of("net_admin"));
    twins.put("sys_ib_config", List.of("net_admin"));
    twins.put("sys_ip_config", List.of("net_admin"));
    twins.put("sys_ipc_config", List.of("sys_resource"));
    twins.put("sys_iptun_config", List.of("net_admin"));
    twins.put("sys_linkdir", List.of());
    twins.put("sys_mount", List.of("sys_admin"));
    twins.put("sys_net_config", List.of("net_admin"));
    twins.put("sys_nfs", List.of());
    twins.put("sys_ppp_config", List.of("net_admin"));
    twins.put("sys_res_bind", List.of("sys_nice"));
    twins.put("sys_res_config", List.of("sys_admin"));
    twins.put("sys_resource", List.of("sys_resource"));
    twins.put("sys_share", List.of());
    twins.put("sys_smb", List.of());
    twins.put("sys_suser_compat", List.of());
    twins.put("sys_time", List.of("sys_time"));
    twins.put("sys_trans_label", List.of());
    twins.put("virt_manage", List.of());
    twins.put("win_config", List.of());
    twins.put("xvm_control", List.of());
    return twins;
  }

  /// The capabilities that a text means; empty when it leaves them as they are.
  static Optional<List<String>> capabilities(String text) {
    List<String> words = words(text);
    if (words.isEmpty() || words.getFirst().equals(":default") || words.contains("default")) {
      return Optional.empty();
    }
    Set<String> capabilities = new TreeSet<>();
    for (String word : words) {
      if (EVERYTHING.contains(word)) {
        capabilities.addAll(LinuxNames.CAPABILITIES);
      } else if (isTakenAway(word)) {
        TWINS.getOrDefault(word.substring(1), List.of()).forEach(capabilities::remove);
      } else {
        capabilities.addAll(TWINS.getOrDefault(word, List.of()));
      }
    }
    return Optional.of(List.copyOf(capabilities));
  }

  private static List<String> words(String text) {
    return List.of(text.toLowerCase(Locale.ROOT).split("[, \t\n]+", -1)).stream()
        .filter(word -> !word.isEmpty())
        .map(word -> word.startsWith("priv_") ? word.substring("priv_".length()) : word)
        .toList();
  }

  private static boolean isTakenAway(String word) {
    return word.startsWith("!") || word.startsWith("-");
  }

  /// The group with the capabilities that its privileges mean, unless it has some.
  static PropertyGroup withCapabilities(PropertyGroup group) {
    Optional<Property> privileges = group.property("privileges");
    if (privileges.isEmpty() || group.property("capabilities").isPresent()) {
      return group;
    }
    Optional<List<String>> meant = privileges.get().single().flatMap(Privileges::capabilities);
    if (meant.isEmpty()) {
      return group;
    }
    Map<String, Property> all = new LinkedHashMap<>(group.properties());
    all.put(
        "capabilities",
        new Property("capabilities", PropertyType.ASTRING, meant.get(), privileges.get().origin()));
    return new PropertyGroup(group.name(), group.type(), all, group.origin());
  }

  /// Tells what becomes of the privileges of a credential, and of each that has no twin.
  static void report(XmlElement credential, Findings findings) {
    String text = credential.attribute("privileges", ":default");
    Optional<List<String>> meant = capabilities(text);
    if (meant.isPresent()) {
      findings.attribute(
          Fidelity.APPROXIMATED,
          credential,
          "privileges",
          meant.get().size() == LinuxNames.CAPABILITIES.size()
              ? "all capabilities"
              : "capabilities " + meant.get());
    }
    for (String line : withoutTwin(text)) {
      findings.attribute(Fidelity.DROPPED, credential, "privileges", line);
    }
    String limit = credential.attribute("limit_privileges", ":default");
    if (!List.of(":default", "zone", "all", "default").contains(limit)) {
      findings.attribute(
          Fidelity.APPROXIMATED,
          credential,
          "limit_privileges",
          "kept; the limit of capabilities is what privileges= gives");
    }
  }

  private static List<String> withoutTwin(String text) {
    List<String> lines = new ArrayList<>();
    for (String word : words(text)) {
      String name = isTakenAway(word) ? word.substring(1) : word;
      boolean set =
          EVERYTHING.contains(name)
              || List.of("basic", "default", "none", ":default").contains(name);
      if (set) {
        continue;
      }
      if (BASIC.contains(name)) {
        if (isTakenAway(word)) {
          lines.add(name + " cannot be taken from a process of Linux");
        }
      } else if (!TWINS.containsKey(name)) {
        lines.add(name + " is no privilege of Solaris");
      } else if (TWINS.getOrDefault(name, List.of()).isEmpty() && !isTakenAway(word)) {
        lines.add(name + " has no twin among the capabilities");
      }
    }
    return lines;
  }
}
