package bespoke.restarter;

import bespoke.model.InstanceDefinition;
import bespoke.model.InstanceFmri;
import bespoke.model.Method;
import bespoke.model.MethodContext;
import bespoke.model.MethodKind;
import bespoke.model.Origin;
import bespoke.model.Probe;
import bespoke.model.Readiness;
import bespoke.model.Resources;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/// Definitions for tests.
final class Definitions {

  private Definitions() {}

  static InstanceDefinition withMethods(InstanceFmri fmri, Method... methods) {
    return with(fmri, Readiness.METHOD, Optional.empty(), Resources.NONE, methods);
  }

  static InstanceDefinition with(
      InstanceFmri fmri,
      Readiness readiness,
      Optional<Probe> monitor,
      Resources resources,
      Method... methods) {
    InstanceDefinition bare = InstanceDefinition.bare(fmri);
    Map<MethodKind, Method> byKind = new EnumMap<>(MethodKind.class);
    for (Method method : methods) {
      byKind.put(method.kind(), method);
    }
    return new InstanceDefinition(
        fmri,
        bare.restarter(),
        bare.dependencies(),
        byKind,
        bare.startd(),
        readiness,
        monitor,
        resources,
        bare.template(),
        bare.invalid(),
        bare.problems(),
        bare.origin());
  }

  static Method method(MethodKind kind, String exec, MethodContext context) {
    return new Method(
        kind,
        Optional.of(exec),
        Optional.empty(),
        Method.OnTimeout.MAINTENANCE,
        context,
        Origin.UNKNOWN);
  }

  static Method start(String exec) {
    return method(MethodKind.START, exec, MethodContext.NONE);
  }

  static Probe probe(Probe.Kind kind, String target, Duration timeout) {
    return new Probe(
        kind,
        target,
        Duration.ofSeconds(1),
        timeout,
        1,
        1,
        Probe.OnFailure.DEGRADE,
        MethodContext.NONE,
        Origin.UNKNOWN);
  }

  /// A context as a service with these settings has it.
  static final class Context {
    private Optional<String> user = Optional.empty();
    private Optional<String> group = Optional.empty();
    private Optional<List<String>> supplementaryGroups = Optional.empty();
    private Optional<String> directory = Optional.empty();
    private List<String> environment = List.of();
    private Optional<String> umask = Optional.empty();
    private Map<String, MethodContext.Limit> limits = Map.of();
    private Optional<List<String>> capabilities = Optional.empty();
    private boolean noNewPrivileges;
    private OptionalInt nice = OptionalInt.empty();
    private OptionalInt oomScoreAdjust = OptionalInt.empty();

    Context user(String name) {
      user = Optional.of(name);
      return this;
    }

    Context group(String name) {
      group = Optional.of(name);
      return this;
    }

    Context supplementaryGroups(String... names) {
      supplementaryGroups = Optional.of(List.of(names));
      return this;
    }

    Context directory(String path) {
      directory = Optional.of(path);
      return this;
    }

    Context environment(String... entries) {
      environment = List.of(entries);
      return this;
    }

    Context umask(String octal) {
      umask = Optional.of(octal);
      return this;
    }

    Context limit(String name, long soft, long hard) {
      limits = Map.of(name, new MethodContext.Limit(soft, hard));
      return this;
    }

    Context capabilities(String... names) {
      capabilities = Optional.of(List.of(names));
      return this;
    }

    Context noNewPrivileges() {
      noNewPrivileges = true;
      return this;
    }

    Context nice(int value) {
      nice = OptionalInt.of(value);
      return this;
    }

    Context oomScoreAdjust(int value) {
      oomScoreAdjust = OptionalInt.of(value);
      return this;
    }

    MethodContext build() {
      return new MethodContext(
          true,
          user,
          group,
          supplementaryGroups,
          directory,
          environment,
          umask,
          limits,
          capabilities,
          noNewPrivileges,
          nice,
          oomScoreAdjust);
    }
  }
}
