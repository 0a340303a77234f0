package bespoke.explain;

import bespoke.model.AuxiliaryState;
import bespoke.model.Dependency;
import bespoke.model.EnabledSetting;
import bespoke.model.Entity;
import bespoke.model.Grouping;
import bespoke.model.InstanceDefinition;
import bespoke.model.InstanceFmri;
import bespoke.model.InstanceState;
import bespoke.model.InstanceStatus;
import bespoke.model.Origin;
import bespoke.model.Readiness;
import bespoke.model.Resources;
import bespoke.model.RestartOn;
import bespoke.model.RuntimeState;
import bespoke.model.StartdOptions;
import bespoke.model.Template;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Builds the status of one instance `svc:/t/NAME:default` for a test: online and enabled unless
/// said otherwise.
final class Given {
  private final InstanceFmri fmri;
  private InstanceState state = InstanceState.ONLINE;
  private @Nullable InstanceState next;
  private AuxiliaryState auxiliary = AuxiliaryState.NONE;
  private Optional<InstanceFmri> auxiliaryFmri = Optional.empty();
  private EnabledSetting enabled = EnabledSetting.permanently(true);
  private OptionalInt wait = OptionalInt.empty();
  private int failures;
  private String detail = "";
  private String statusText = "";
  private Optional<InstanceFmri> restarter = Optional.empty();
  private Optional<AuxiliaryState> invalid = Optional.empty();
  private List<String> problems = List.of();
  private Readiness readiness = Readiness.METHOD;
  private long run;
  private Template template = Template.NONE;
  private final List<Dependency> dependencies = new ArrayList<>();

  private Given(InstanceFmri fmri) {
    this.fmri = fmri;
  }

  static Given instance(String name) {
    return new Given(fmri(name));
  }

  /// `A` is `svc:/t/A:default`; `A:x` is `svc:/t/A:x`.
  static InstanceFmri fmri(String name) {
    return InstanceFmri.parse("svc:/t/" + name);
  }

  Given in(InstanceState value) {
    state = value;
    return this;
  }

  Given movingTo(InstanceState value) {
    next = value;
    return this;
  }

  Given because(AuxiliaryState value) {
    auxiliary = value;
    return this;
  }

  Given by(String requester) {
    auxiliary = AuxiliaryState.SERVICE_REQUEST;
    auxiliaryFmri = Optional.of(fmri(requester));
    return this;
  }

  Given disabled() {
    enabled = EnabledSetting.DISABLED;
    state = InstanceState.DISABLED;
    return this;
  }

  Given set(EnabledSetting value) {
    enabled = value;
    return this;
  }

  Given waitStatus(int value) {
    wait = OptionalInt.of(value);
    return this;
  }

  Given failures(int value) {
    failures = value;
    return this;
  }

  Given detail(String value) {
    detail = value;
    return this;
  }

  Given status(String value) {
    statusText = value;
    return this;
  }

  Given restarter(String name) {
    restarter = Optional.of(fmri(name));
    return this;
  }

  Given invalid(AuxiliaryState value, String... why) {
    invalid = Optional.of(value);
    problems = List.of(why);
    return this;
  }

  Given readiness(Readiness.Kind kind, long methodRun) {
    readiness = new Readiness(kind, -1, Optional.empty(), Optional.empty());
    run = methodRun;
    return this;
  }

  Given template(Template value) {
    template = value;
    return this;
  }

  /// A dependency on services or instances of `t/`, or on files when they begin with `/`.
  Given needs(Grouping grouping, String... entities) {
    String name = "d" + dependencies.size();
    List<Entity> parsed =
        Stream.of(entities)
            .map(e -> Entity.parse(e.startsWith("/") ? "file:" + e : "svc:/t/" + e))
            .toList();
    Origin origin = new Origin.File("t.yaml", 10 + dependencies.size(), 5);
    dependencies.add(new Dependency(name, grouping, RestartOn.NONE, parsed, origin));
    return this;
  }

  Given offline(Grouping grouping, String... entities) {
    return in(InstanceState.OFFLINE).needs(grouping, entities);
  }

  InstanceStatus status() {
    InstanceDefinition definition =
        new InstanceDefinition(
            fmri,
            restarter,
            dependencies,
            Map.of(),
            StartdOptions.DEFAULT,
            readiness,
            Optional.empty(),
            Resources.NONE,
            template,
            invalid,
            problems,
            Origin.UNKNOWN);
    RuntimeState runtime =
        new RuntimeState(
            state,
            next,
            auxiliary,
            auxiliaryFmri,
            1_000,
            OptionalLong.empty(),
            OptionalLong.empty(),
            OptionalLong.empty(),
            wait,
            failures,
            List.of(),
            run,
            detail,
            statusText);
    return new InstanceStatus(definition, enabled, runtime, 1);
  }

  /// An explainer over these instances; only files under `/there` exist.
  static Explainer explainer(Given... all) {
    List<InstanceStatus> statuses = Stream.of(all).map(Given::status).toList();
    return new Explainer(
        new Facts(
            statuses, file -> file.path().startsWith("/there"), f -> "/log/" + f.logFileName()));
  }
}
