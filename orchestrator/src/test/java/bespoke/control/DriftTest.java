package bespoke.control;

import static org.assertj.core.api.Assertions.assertThat;

import bespoke.api.MemberRecord;
import bespoke.api.Request;
import bespoke.model.AuxiliaryState;
import bespoke.model.Dependency;
import bespoke.model.EnabledSetting;
import bespoke.model.Grouping;
import bespoke.model.InstanceDefinition;
import bespoke.model.InstanceFmri;
import bespoke.model.InstanceState;
import bespoke.model.InstanceStatus;
import bespoke.model.Origin;
import bespoke.model.RestartOn;
import bespoke.model.RuntimeState;
import bespoke.plan.Effect;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

/// What is said of the things that changed since a plan was made.
class DriftTest {
  private static final InstanceFmri WEB = InstanceFmri.parse("svc:/site/web:default");
  private static final InstanceFmri DB = InstanceFmri.parse("svc:/site/db:default");
  private static final List<Effect> STOPS = List.of(effect(Effect.Kind.STOP, "offline", ""));

  private static Effect effect(Effect.Kind kind, String to, String lost) {
    return new Effect(WEB, kind, 1, Duration.ZERO, "online", to, "why", List.of(), lost);
  }

  private static InstanceStatus status(InstanceState state, boolean enabled, boolean requires) {
    InstanceDefinition bare = InstanceDefinition.bare(WEB);
    List<Dependency> dependencies =
        requires
            ? List.of(
                new Dependency(
                    "db", Grouping.REQUIRE_ALL, RestartOn.NONE, List.of(DB), Origin.UNKNOWN))
            : List.of();
    RuntimeState runtime =
        new RuntimeState(
            state,
            null,
            AuxiliaryState.NONE,
            Optional.empty(),
            1000,
            OptionalLong.empty(),
            OptionalLong.empty(),
            OptionalLong.empty(),
            OptionalInt.empty(),
            0,
            List.of(),
            0,
            "",
            "");
    return new InstanceStatus(
        bare.dependingOn(dependencies), EnabledSetting.permanently(enabled), runtime, 1);
  }

  private static final InstanceStatus ONLINE = status(InstanceState.ONLINE, true, false);

  private static MemberRecord member(String effect, String difference) {
    return new MemberRecord(WEB.toString(), effect, "restart", 1, "", List.of(difference));
  }

  private static KeptPlans.Kept kept(List<Effect> effects, List<MemberRecord> members) {
    return new KeptPlans.Kept(new Request.Ping(), 0, Map.of(WEB, ONLINE), effects, members);
  }

  private static List<String> drift(InstanceStatus now, List<Effect> effects) {
    return Drift.between(kept(STOPS, List.of()), Map.of(WEB, now), effects, List.of());
  }

  private static List<String> drift(MemberRecord then, List<MemberRecord> now) {
    return Drift.between(kept(STOPS, List.of(then)), Map.of(WEB, ONLINE), STOPS, now);
  }

  @Test
  void whatHasNoInfluenceIsNotSaid() {
    assertThat(drift(ONLINE, STOPS)).isEmpty();
    assertThat(drift(status(InstanceState.ONLINE, false, true), STOPS)).isEmpty();
  }

  @Test
  void stateSettingAndConfigurationAreNamed() {
    assertThat(drift(status(InstanceState.MAINTENANCE, true, false), List.of()))
        .containsExactly(
            WEB + " is maintenance now; it was online.", WEB + " would no longer stop.");
    assertThat(drift(status(InstanceState.ONLINE, false, true), List.of()))
        .containsExactly(
            WEB + " was disabled.", WEB + " was configured anew.", WEB + " would no longer stop.");
    assertThat(Drift.between(kept(STOPS, List.of()), Map.of(), List.of(), List.of()))
        .containsExactly(WEB + " was deleted.", WEB + " would no longer stop.");
  }

  @Test
  void otherEffectsAreNamed() {
    assertThat(drift(ONLINE, List.of(effect(Effect.Kind.RESTART, "online", ""))))
        .containsExactly(WEB + " would restart now; it would have stopped.");
    assertThat(drift(ONLINE, List.of(effect(Effect.Kind.STOP, "offline", "db is disabled"))))
        .containsExactly(WEB + " could not run afterwards: db is disabled.");
    assertThat(Drift.between(kept(List.of(), List.of()), Map.of(WEB, ONLINE), STOPS, List.of()))
        .containsExactly(WEB + " would stop now, too.");
    assertThat(drift(ONLINE, List.of(effect(Effect.Kind.STOP, "disabled", ""))))
        .containsExactly("What it would do is no longer the same.");
  }

  @Test
  void whatAChangeWouldConfigureIsNamedThoughItWouldMoveTheSame() {
    MemberRecord then = member("changed", "config/port 1 -> 2");
    assertThat(drift(then, List.of(then))).isEmpty();
    assertThat(drift(then, List.of(member("changed", "config/port 7 -> 2"))))
        .containsExactly(WEB + " was configured anew.");
    assertThat(drift(then, List.of(member("created", "config/port 1 -> 2"))))
        .containsExactly(WEB + " would be created now, and not changed.");
    assertThat(drift(then, List.of())).containsExactly(WEB + " would no longer be changed.");
  }

  @Test
  void onlyTheFirstOfManyAreSaid() {
    List<Effect> many = new ArrayList<>();
    for (int i = 0; i < 30; i++) {
      many.add(
          new Effect(
              InstanceFmri.parse("svc:/site/s" + i + ":default"),
              Effect.Kind.STOP,
              1,
              Duration.ZERO,
              "online",
              "offline",
              "why",
              List.of(),
              ""));
    }
    assertThat(Drift.between(kept(List.of(), List.of()), Map.of(), many, List.of()))
        .hasSize(21)
        .last()
        .isEqualTo("And 11 more changes.");
  }
}
