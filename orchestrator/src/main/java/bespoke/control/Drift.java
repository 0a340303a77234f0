package bespoke.control;

import bespoke.api.MemberRecord;
import bespoke.model.InstanceFmri;
import bespoke.model.InstanceStatus;
import bespoke.plan.Effect;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// What changed between a plan and the same plan made anew, in sentences.
final class Drift {
  private static final int SENTENCES_MAX = 20;

  private final List<String> sentences = new ArrayList<>();

  private Drift() {}

  /// Empty if the plan would do the same now.
  ///
  /// @param now how the instances are that mattered to it, without those that are gone
  /// @param effects of the plan made anew
  /// @param members what it would configure now, when it is a change of many services
  static List<String> between(
      KeptPlans.Kept plan,
      Map<InstanceFmri, InstanceStatus> now,
      List<Effect> effects,
      List<MemberRecord> members) {
    Map<InstanceFmri, Effect> old = byInstance(plan.effects());
    Map<InstanceFmri, Effect> fresh = byInstance(effects);
    Drift drift = new Drift();
    drift.members(plan.members(), members);
    if (sameEffects(old, fresh) && drift.sentences.isEmpty()) {
      return List.of();
    }
    plan.statuses().forEach((fmri, then) -> drift.state(then, now.get(fmri)));
    fresh.forEach((fmri, effect) -> drift.effect(effect, old.get(fmri)));
    old.forEach((fmri, effect) -> {
      if (!fresh.containsKey(fmri)) {
        drift.sentences.add(fmri + " would no longer " + verb(effect) + ".");
      }
    });
    return drift.shortened();
  }

  private static Map<InstanceFmri, Effect> byInstance(List<Effect> effects) {
    Map<InstanceFmri, Effect> map = new LinkedHashMap<>();
    effects.forEach(effect -> map.put(effect.instance(), effect));
    return map;
  }

  private static boolean sameEffects(
      Map<InstanceFmri, Effect> old, Map<InstanceFmri, Effect> fresh) {
    return old.keySet().equals(fresh.keySet())
        && old.values().stream()
            .allMatch(it -> same(it, Objects.requireNonNull(fresh.get(it.instance()))));
  }

  /// The same but for when, and in which wave, it happens.
  private static boolean same(Effect one, Effect other) {
    return one.kind() == other.kind()
        && one.from().equals(other.from())
        && one.to().equals(other.to())
        && one.lost().equals(other.lost());
  }

  private void members(List<MemberRecord> then, List<MemberRecord> now) {
    Map<String, MemberRecord> left = new LinkedHashMap<>();
    now.forEach(member -> left.put(member.fmri(), member));
    for (MemberRecord old : then) {
      MemberRecord fresh = left.remove(old.fmri());
      if (fresh == null) {
        sentences.add(old.fmri() + " would no longer be " + old.effect() + ".");
      } else if (!fresh.effect().equals(old.effect())) {
        sentences.add(
            old.fmri() + " would be " + fresh.effect() + " now, and not " + old.effect() + ".");
      } else if (!fresh.differences().equals(old.differences())) {
        sentences.add(old.fmri() + " was configured anew.");
      }
    }
    left.values()
        .forEach(it -> sentences.add(it.fmri() + " would be " + it.effect() + " now, too."));
  }

  private void state(InstanceStatus then, @Nullable InstanceStatus now) {
    if (now == null) {
      sentences.add(then.fmri() + " was deleted.");
      return;
    }
    String was = then.runtime().state().toString();
    String is = now.runtime().state().toString();
    if (!was.equals(is)) {
      sentences.add(then.fmri() + " is " + is + " now; it was " + was + ".");
    }
    if (then.enabled().effective() != now.enabled().effective()) {
      sentences.add(then.fmri() + (now.enabled().effective() ? " was enabled." : " was disabled."));
    }
    String anew = then.fmri() + " was configured anew.";
    if (!then.definition().equals(now.definition()) && !sentences.contains(anew)) {
      sentences.add(anew);
    }
  }

  private void effect(Effect fresh, @Nullable Effect old) {
    if (old == null) {
      sentences.add(fresh.instance() + " would " + verb(fresh) + " now, too.");
    } else if (old.kind() != fresh.kind()) {
      sentences.add(
          fresh.instance() + " would " + verb(fresh) + " now; it would have " + past(old) + ".");
    } else if (!old.lost().equals(fresh.lost())) {
      sentences.add(
          fresh.instance()
              + (fresh.lost().isEmpty()
                  ? " could run afterwards; then it could not."
                  : " could not run afterwards: " + fresh.lost() + "."));
    }
  }

  private static String verb(Effect effect) {
    return switch (effect.kind()) {
      case CHANGE -> "become " + effect.to();
      case DELETE -> "be deleted";
      case REFRESH -> "be refreshed";
      case STAY -> "stay " + effect.to();
      case START, STOP, RESTART -> effect.kind().name().toLowerCase(Locale.ROOT);
    };
  }

  private static String past(Effect effect) {
    return switch (effect.kind()) {
      case START -> "started";
      case RESTART -> "restarted";
      case REFRESH -> "been refreshed";
      case STOP -> "stopped";
      case CHANGE -> "become " + effect.to();
      case DELETE -> "been deleted";
      case STAY -> "stayed " + effect.to();
    };
  }

  private List<String> shortened() {
    if (sentences.isEmpty()) {
      return List.of("What it would do is no longer the same.");
    }
    if (sentences.size() <= SENTENCES_MAX) {
      return List.copyOf(sentences);
    }
    List<String> few = new ArrayList<>(sentences.subList(0, SENTENCES_MAX));
    few.add("And " + (sentences.size() - SENTENCES_MAX) + " more changes.");
    return few;
  }
}
