package bespoke.change;

import bespoke.model.InstanceFmri;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// One way, forward or back: wave after wave is told what to do, and waited for.
final class Passage {
  private final Direction direction;
  private final Map<InstanceFmri, Follow> follows = new LinkedHashMap<>();
  private final List<List<Follow>> waves;
  private final Set<InstanceFmri> bystanders;
  private final Map<InstanceFmri, Condition> conditions = new LinkedHashMap<>();
  private final Set<String> lost = new LinkedHashSet<>();
  private int wave = -1;

  /// @param members as this direction sees them
  /// @param ranBefore who ran before the change: members, and bystanders that depend on them
  /// @param refresh whose refresh must be done again
  /// @param isResumed whether another daemon came so far that some may have been started
  Passage(
      Direction direction,
      List<Member> members,
      Set<InstanceFmri> ranBefore,
      Set<InstanceFmri> refresh,
      boolean isResumed) {
    this.direction = direction;
    Map<Integer, List<Follow>> byWave = new TreeMap<>();
    this.bystanders = new LinkedHashSet<>(ranBefore);
    for (Member member : members) {
      Follow follow =
          new Follow(
              member,
              ranBefore.contains(member.instance()),
              member.need() == Need.REFRESH && refresh.contains(member.instance()),
              isResumed);
      follows.put(member.instance(), follow);
      byWave.computeIfAbsent(member.wave(), _ -> new ArrayList<>()).add(follow);
      bystanders.remove(member.instance());
    }
    this.waves = List.copyOf(byWave.values());
  }

  Direction direction() {
    return direction;
  }

  /// Who was refreshed, so that going back must refresh them again.
  Set<InstanceFmri> refreshed() {
    Set<InstanceFmri> refreshed = new LinkedHashSet<>();
    follows.forEach((instance, follow) -> {
      if (follow.wasRefreshed()) {
        refreshed.add(instance);
      }
    });
    return refreshed;
  }

  /// What could not be brought back to how it was, in clauses.
  List<String> lost() {
    return List.copyOf(lost);
  }

  /// The definitions are in force; the first wave may begin.
  void begin(Fact.CameIntoForce fact, List<Order> orders) {
    follows.forEach((instance, follow) ->
        follow.cameIntoForce(fact.now().get(instance), fact.stale().contains(instance)));
    for (InstanceFmri bystander : bystanders) {
      Condition condition = fact.now().get(bystander);
      if (condition != null) {
        conditions.put(bystander, condition);
        if (direction == Direction.BACK && condition.isBroken()) {
          orders.add(new Order.Clear(bystander));
          conditions.remove(bystander); // it is judged when it moves
        }
      }
    }
  }

  void moved(InstanceFmri instance, Condition now) {
    Follow follow = follows.get(instance);
    if (follow != null) {
      follow.moved(now);
    } else if (bystanders.contains(instance)) {
      conditions.put(instance, now);
    }
  }

  @Nullable Follow follow(InstanceFmri instance) {
    return follows.get(instance);
  }

  /// Goes on as far as possible.
  ///
  /// @return whether the last wave is done
  boolean advance(List<Order> orders, int number) {
    if (wave < 0 && !waves.isEmpty()) {
      enter(0, orders, number);
    }
    while (isWaveDone()) {
      if (wave >= waves.size() - 1) {
        return true;
      }
      enter(wave + 1, orders, number);
    }
    return false;
  }

  private void enter(int next, List<Order> orders, int number) {
    wave = next;
    List<Follow> members = waves.get(wave);
    List<InstanceFmri> created = new ArrayList<>();
    List<InstanceFmri> all = new ArrayList<>();
    for (Follow follow : members) {
      all.add(follow.member.instance());
      if (follow.member.effect() == Member.Effect.CREATED) {
        created.add(follow.member.instance());
      }
    }
    if (!created.isEmpty()) {
      orders.add(new Order.Admit(direction, created));
    }
    for (Follow follow : members) {
      Order order = follow.order(direction);
      if (order != null) {
        orders.add(order);
      }
    }
    orders.removeIf(Order.AwaitHealth.class::isInstance); // of a wave that was done at once
    orders.add(new Order.AwaitHealth(number, direction, wave + 1, waves.size(), all));
  }

  private boolean isWaveDone() {
    for (int i = 0; i <= wave; i++) {
      for (Follow follow : waves.get(i)) {
        if (!follow.isDone() && !isLost(follow.sentence())) {
          return false;
        }
      }
    }
    return wave < waves.size() - 1 || waitedFor().isEmpty();
  }

  private boolean isLost(String sentence) {
    return lost.contains(sentence);
  }

  private List<String> waitedFor() {
    List<String> waited = new ArrayList<>();
    for (int i = 0; i <= wave && i < waves.size(); i++) {
      for (Follow follow : waves.get(i)) {
        if (!follow.isDone()) {
          waited.add(follow.sentence());
        }
      }
    }
    if (wave >= waves.size() - 1) {
      conditions.forEach((instance, condition) -> {
        boolean isBack = condition.isRunning() && !condition.isMoving();
        if (condition.isEnabled() && !isBack) {
          waited.add(sentence(instance, condition));
        }
      });
    }
    waited.removeAll(lost);
    return waited;
  }

  /// What went wrong for good, or null; the first of them.
  @Nullable String failure() {
    for (Follow follow : follows.values()) {
      String failure = follow.failure();
      if (failure != null && !isLost(failure)) {
        return failure;
      }
    }
    for (Map.Entry<InstanceFmri, Condition> entry : conditions.entrySet()) {
      Condition condition = entry.getValue();
      if (condition.isEnabled() && condition.isBroken()) {
        String sentence = sentence(entry.getKey(), condition);
        if (!isLost(sentence)) {
          return sentence;
        }
      }
    }
    return null;
  }

  private static String sentence(InstanceFmri bystander, Condition condition) {
    return bystander
        + ", which depends on what changed, is "
        + condition.state()
        + " ("
        + condition.reason()
        + ")";
  }

  /// Nobody waits any longer for what is missing now.
  void giveUp() {
    lost.addAll(waitedFor());
  }

  /// Nobody waits any longer for this.
  void giveUp(String failure) {
    lost.add(failure);
  }

  /// What is missing now, in a sentence.
  String missing() {
    List<String> waited = waitedFor();
    return waited.isEmpty() ? "nothing is missing" : Objects.requireNonNull(waited.getFirst());
  }
}
