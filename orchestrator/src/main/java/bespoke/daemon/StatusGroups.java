package bespoke.daemon;

import bespoke.model.EnabledSetting;
import bespoke.model.InstanceStatus;
import bespoke.model.Origin;
import bespoke.model.Property;
import bespoke.model.PropertyGroup;
import bespoke.model.PropertyType;
import bespoke.model.RuntimeState;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The non-persistent property groups of an instance, as svcprop(1) shows them: `restarter` and
/// `general_ovr` (smf.md 2.6, 2.8).
final class StatusGroups {
  private StatusGroups() {}

  static List<PropertyGroup> of(InstanceStatus status, String logFile) {
    List<PropertyGroup> groups = new ArrayList<>(2);
    groups.add(
        PropertyGroup.of(
            "restarter",
            PropertyGroup.FRAMEWORK,
            restarter(status.runtime(), logFile),
            Origin.UNKNOWN));
    override(status.enabled()).ifPresent(groups::add);
    return groups;
  }

  private static List<Property> restarter(RuntimeState runtime, String logFile) {
    List<Property> properties = new ArrayList<>();
    properties.add(text("state", runtime.state().toString()));
    properties.add(text("next_state", word(runtime.next())));
    properties.add(text("auxiliary_state", runtime.auxiliary().toString()));
    properties.add(
        new Property(
            "state_timestamp",
            PropertyType.TIME,
            List.of(time(runtime.sinceEpochMillis())),
            Origin.UNKNOWN));
    properties.add(text("logfile", logFile));
    runtime
        .auxiliaryFmri()
        .ifPresent(fmri -> properties.add(text("auxiliary_fmri", fmri.toString())));
    runtime.contract().ifPresent(id -> properties.add(count("contract", id)));
    runtime.methodContract().ifPresent(id -> properties.add(count("transient_contract", id)));
    runtime.startPid().ifPresent(pid -> properties.add(count("start_pid", pid)));
    runtime
        .startWaitStatus()
        .ifPresent(status -> properties.add(integer("start_method_waitstatus", status)));
    return properties;
  }

  private static Optional<PropertyGroup> override(EnabledSetting enabled) {
    List<Property> properties = new ArrayList<>();
    enabled
        .override()
        .ifPresent(value ->
            properties.add(
                Property.of("enabled", PropertyType.BOOLEAN, value.toString(), Origin.UNKNOWN)));
    if (!enabled.comment().isEmpty()) {
      properties.add(text("comment", enabled.comment()));
    }
    return properties.isEmpty()
        ? Optional.empty()
        : Optional.of(
            PropertyGroup.of("general_ovr", PropertyGroup.FRAMEWORK, properties, Origin.UNKNOWN));
  }

  private static String word(@Nullable Object state) {
    return state == null ? "none" : state.toString();
  }

  private static Property text(String name, String value) {
    return Property.of(name, PropertyType.ASTRING, value, Origin.UNKNOWN);
  }

  private static Property count(String name, long value) {
    return Property.of(name, PropertyType.COUNT, Long.toString(value), Origin.UNKNOWN);
  }

  private static Property integer(String name, long value) {
    return Property.of(name, PropertyType.INTEGER, Long.toString(value), Origin.UNKNOWN);
  }

  /// Seconds and nanoseconds (scf_value_get_time(3SCF)).
  private static String time(long epochMillis) {
    return String.format(
        Locale.ROOT, "%d.%09d", epochMillis / 1000, epochMillis % 1000 * 1_000_000);
  }
}
