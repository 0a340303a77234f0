package bespoke.model.definition;

import bespoke.model.Method;
import bespoke.model.Method.OnTimeout;
import bespoke.model.MethodContext;
import bespoke.model.MethodKind;
import bespoke.model.Origin;
import bespoke.model.PropertyGroup;
import bespoke.model.PropertyGroups;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/// Reads `start`, `stop` and `refresh` (smf.md 5.6, 5.7, 5.14).
final class MethodReading {

  /// How long the processes of a service without a stop method get after the signal.
  static final Duration IMPLICIT_STOP_TIMEOUT = Duration.ofSeconds(60);

  private static final String KILL = ":kill";

  private final PropertyGroups groups;
  private final ContextReading contexts;
  private final Sharing sharing;

  MethodReading(PropertyGroups groups, ContextReading contexts, Sharing sharing) {
    this.groups = groups;
    this.contexts = contexts;
    this.sharing = sharing;
  }

  /// The methods by kind.
  ///
  /// @param stops whether a missing stop method means `:kill` (DESIGN 3): not for transient
  ///   services, nor for a delegated restarter's
  Map<MethodKind, Method> all(boolean stops, Origin instance) {
    Map<MethodKind, Method> methods = new EnumMap<>(MethodKind.class);
    for (MethodKind kind : MethodKind.values()) {
      groups.group(kind.toString()).ifPresent(group -> methods.put(kind, one(kind, group)));
    }
    if (stops) {
      methods.merge(MethodKind.STOP, implicitStop(instance), MethodReading::withExec);
    }
    return methods;
  }

  private Method one(MethodKind kind, PropertyGroup group) {
    return new Method(
        kind,
        group.single("exec").map(sharing::one),
        sharing.one(group.single("timeout_seconds").flatMap(Values::seconds)),
        group.single("on_timeout").orElse("").equals("kill")
            ? OnTimeout.KILL
            : OnTimeout.MAINTENANCE,
        contexts.of(group),
        group.origin());
  }

  private Method implicitStop(Origin instance) {
    return new Method(
        MethodKind.STOP,
        Optional.of(KILL),
        sharing.one(Optional.of(IMPLICIT_STOP_TIMEOUT)),
        OnTimeout.MAINTENANCE,
        MethodContext.NONE,
        instance);
  }

  private static Method withExec(Method written, Method implicit) {
    return written.exec().isPresent()
        ? written
        : new Method(
            MethodKind.STOP,
            implicit.exec(),
            written.timeout().or(implicit::timeout),
            written.onTimeout(),
            written.context(),
            written.origin());
  }
}
