package bespoke.model.definition;

import bespoke.model.Property;
import bespoke.model.PropertyGroup;
import bespoke.model.PropertyType;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// Maps Solaris privileges (privileges(7)) to Linux capabilities (capabilities(7)).
///
/// The text stays in the group's `privileges`; what it means on Linux is its `capabilities`, unless
/// the description says these by itself.
public final class SolarisPrivileges {

  /// What every process of Solaris may do unless it is taken away; Linux cannot take it away.
  public static final Set<String> BASIC =
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

  /// A privilege a line, with the capabilities that let a process of Linux do the same.
  private static final String TABLE =
      """
      contract_event
      contract_identity
      contract_observer
      cpc_cpu perfmon
      dtrace_kernel bpf perfmon
      dtrace_proc sys_ptrace
      dtrace_user sys_ptrace
      file_chown chown
      file_chown_self chown
      file_dac_execute dac_override
      file_dac_read dac_read_search
      file_dac_search dac_read_search
      file_dac_write dac_override
      file_downgrade_sl
      file_flag_set linux_immutable
      file_owner fowner
      file_setid fsetid
      file_upgrade_sl
      graphics_access
      graphics_map
      ipc_dac_read ipc_owner
      ipc_dac_write ipc_owner
      ipc_owner ipc_owner
      net_bindmlp
      net_icmpaccess net_raw
      net_mac_aware
      net_mac_implicit
      net_observability net_raw
      net_privaddr net_bind_service
      net_rawaccess net_raw
      proc_audit audit_write
      proc_chroot sys_chroot
      proc_clock_highres
      proc_lock_memory ipc_lock
      proc_owner kill sys_ptrace
      proc_priocntl sys_nice
      proc_prioup sys_nice
      proc_setid setgid setuid
      proc_taskid
      proc_zone kill
      sys_acct sys_pacct
      sys_admin sys_admin
      sys_audit audit_control
      sys_config sys_admin
      sys_devices mknod sys_rawio
      sys_dl_config net_admin
      sys_flow_config net_admin
      sys_ib_config net_admin
      sys_ip_config net_admin
      sys_ipc_config sys_resource
      sys_iptun_config net_admin
      sys_linkdir
      sys_mount sys_admin
      sys_net_config net_admin
      sys_nfs
      sys_ppp_config net_admin
      sys_res_bind sys_nice
      sys_res_config sys_admin
      sys_resource sys_resource
      sys_share
      sys_smb
      sys_suser_compat
      sys_time sys_time
      sys_trans_label
      virt_manage
      win_config
      xvm_control
      """;

  /// The twins, by privilege in alphabetical order; no twin is an empty list.
  public static final Map<String, List<String>> TWINS = twins();

  /// The sets that hold every privilege.
  public static final List<String> EVERYTHING = List.of("all", "zone");

  /// What separates privileges, but for a comma inside of braces.
  private static final Pattern SEPARATORS = Pattern.compile("[, \t\n]+(?![^{]*\\})");

  /// A policy of privileges(7) since Solaris 11.2: privileges for one object only.
  public static final Pattern EXTENDED = Pattern.compile("\\{([^}]*)\\}:(.*)");

  private SolarisPrivileges() {}

  private static Map<String, List<String>> twins() {
    Map<String, List<String>> twins = new TreeMap<>();
    for (String line : TABLE.lines().toList()) {
      List<String> words = List.of(line.split(" ", -1));
      twins.put(words.getFirst(), words.subList(1, words.size()));
    }
    return twins;
  }

  /// The capabilities that a text means; empty when it leaves them as they are.
  public static Optional<List<String>> capabilities(String text) {
    List<String> words = words(text);
    if (words.isEmpty() && !opensPorts(text)) {
      return Optional.empty();
    }
    if (!words.isEmpty() && (words.getFirst().equals(":default") || words.contains("default"))) {
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
    if (opensPorts(text)) {
      capabilities.add("net_bind_service");
    }
    return Optional.of(List.copyOf(capabilities));
  }

  /// The privileges of a set that Solaris gives for everything, in lower case and without `PRIV_`.
  public static List<String> words(String text) {
    return parts(text).stream()
        .filter(part -> !EXTENDED.matcher(part).matches())
        .map(part -> part.toLowerCase(Locale.ROOT))
        .map(word -> word.startsWith("priv_") ? word.substring("priv_".length()) : word)
        .toList();
  }

  /// The words of a set as they are written.
  public static List<String> parts(String text) {
    return Stream.of(SEPARATORS.split(text)).filter(part -> !part.isEmpty()).toList();
  }

  /// The ports below 1024 that a set of Solaris 11.4 opens one by one.
  private static boolean opensPorts(String text) {
    return parts(text).stream().anyMatch(part -> part.startsWith("{net_privaddr}:"));
  }

  /// Whether a word takes a privilege away.
  public static boolean isTakenAway(String word) {
    return word.startsWith("!") || word.startsWith("-");
  }

  /// The group with the capabilities that its privileges mean, unless it has some.
  public static PropertyGroup withCapabilities(PropertyGroup group) {
    Optional<Property> privileges = group.property("privileges");
    if (privileges.isEmpty() || group.property("capabilities").isPresent()) {
      return group;
    }
    Optional<List<String>> meant =
        privileges.get().single().flatMap(SolarisPrivileges::capabilities);
    if (meant.isEmpty()) {
      return group;
    }
    Map<String, Property> all = new LinkedHashMap<>(group.properties());
    all.put(
        "capabilities",
        new Property("capabilities", PropertyType.ASTRING, meant.get(), privileges.get().origin()));
    return new PropertyGroup(group.name(), group.type(), all, group.origin());
  }

  /// Whether the group's capabilities are just those that its privileges mean.
  public static boolean areImplied(PropertyGroup group) {
    Optional<List<String>> meant =
        group.single("privileges").flatMap(SolarisPrivileges::capabilities);
    return meant.isPresent() && meant.equals(group.property("capabilities").map(Property::values));
  }
}
