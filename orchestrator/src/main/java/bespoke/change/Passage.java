package bespoke.change;

import bespoke.model.InstanceFmri;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// One way, forward or back: wave after wave is told what to do, and waited for.
///
/// Who is waited for and what failed is kept up to date as each one moves, so that a fact costs the
/// same however many services there are.
final class Passage {
  private static final Comparator<Watched> ORDER = Comparator.comparingInt(Watched::rank);

  private final Direction direction;
  private final List<List<Follow>> waves;
  private final Map<InstanceFmri, Watched> watched = new LinkedHashMap<>();
  private final NavigableSet<Watched> open = new TreeSet<>(ORDER);
  private final NavigableSet<Watched> openBystanders = new TreeSet<>(ORDER);
  private final NavigableMap<Watched, String> failures = new TreeMap<>(ORDER);
  private final Set<String> lost = new LinkedHashSet<>();
  private int wave = -1;
  private long judgements;

  /// Who is looked at.
  private sealed interface Watched {
    /// Its place among all: who is named first.
    int rank();

    /// Whether it need not be waited for.
    boolean isDone();

    /// What is wrong with it for good, or null.
    @Nullable String failure();

    /// How it is, in a clause.
    String sentence();
  }

  /// A member of the change.
  private record Taking(Follow follow, int wave, int rank) implements Watched {
    @Override
    public boolean isDone() {
      return follow.isDone();
    }

    @Override
    public @Nullable String failure() {
      return follow.failure();
    }

    @Override
    public String sentence() {
      return follow.sentence();
    }
  }

  /// Who ran before, and depends on a member.
  private static final class Bystander implements Watched {
    private final InstanceFmri instance;
    private final int rank;
    private @Nullable Condition now;

    Bystander(InstanceFmri instance, int rank) {
      this.instance = instance;
      this.rank = rank;
    }

    @Override
    public int rank() {
      return rank;
    }

    @Override
    public boolean isDone() {
      return now == null || !now.isEnabled() || now.isRunning() && !now.isMoving();
    }

    @Override
    public @Nullable String failure() {
      return now != null && now.isEnabled() && now.isBroken() ? sentence() : null;
    }

    @Override
    public String sentence() {
      return now == null
          ? instance + " is not known"
          : instance
              + ", which depends on what changed, is "
              + now.state()
              + " ("
              + now.reason()
              + ")";
    }
  }

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
    for (Member member : members) {
      Follow follow =
          new Follow(
              member,
              ranBefore.contains(member.instance()),
              member.need() == Need.REFRESH && refresh.contains(member.instance()),
              isResumed);
      byWave.computeIfAbsent(member.wave(), _ -> new ArrayList<>()).add(follow);
    }
    this.waves = List.copyOf(byWave.values());
    for (int i = 0; i < waves.size(); i++) {
      for (Follow follow : waves.get(i)) {
        watched.put(follow.member.instance(), new Taking(follow, i, watched.size()));
      }
    }
    for (InstanceFmri instance : ranBefore) {
      if (!watched.containsKey(instance)) {
        watched.put(instance, new Bystander(instance, watched.size()));
      }
    }
  }

  Direction direction() {
    return direction;
  }

  /// Who was refreshed, so that going back must refresh them again.
  Set<InstanceFmri> refreshed() {
    Set<InstanceFmri> refreshed = new LinkedHashSet<>();
    for (List<Follow> members : waves) {
      for (Follow follow : members) {
        if (follow.wasRefreshed()) {
          refreshed.add(follow.member.instance());
        }
      }
    }
    return refreshed;
  }

  /// What could not be brought back to how it was, in clauses.
  List<String> lost() {
    return List.copyOf(lost);
  }

  /// How often anybody was judged: what it cost so far.
  long judgements() {
    return judgements;
  }

  // --- what happens

  /// The definitions are in force; the first wave may begin.
  void begin(Fact.CameIntoForce fact, List<Order> orders) {
    watched.forEach((instance, it) -> {
      Condition condition = fact.now().get(instance);
      switch (it) {
        case Taking taking ->
            taking.follow().cameIntoForce(condition, fact.stale().contains(instance));
        case Bystander bystander -> {
          bystander.now = condition;
          if (condition != null && direction == Direction.BACK && condition.isBroken()) {
            orders.add(new Order.Clear(instance));
            bystander.now = null; // it is judged when it moves
          }
        }
      }
      judge(it);
    });
  }

  void moved(InstanceFmri instance, Condition now) {
    switch (watched.get(instance)) {
      case Taking taking -> {
        taking.follow().moved(now);
        judge(taking);
      }
      case Bystander bystander -> {
        bystander.now = now;
        judge(bystander);
      }
      case null -> {}
    }
  }

  /// Somebody else came to rest: members that wait are looked at again.
  void cameToRest(List<Order> orders) {
    for (Watched it : open) {
      if (it instanceof Taking taking && taking.follow().isWaiting()) {
        orders.add(new Order.Look(taking.follow().member.instance()));
      }
    }
  }

  /// A member was refreshed.
  void refreshed(InstanceFmri instance) {
    if (watched.get(instance) instanceof Taking taking) {
      taking.follow().refreshed();
      judge(taking);
    }
  }

  /// The monitor method of a member answered.
  void answered(InstanceFmri instance, boolean isGood) {
    if (watched.get(instance) instanceof Taking taking) {
      taking.follow().answered(isGood);
      judge(taking);
    }
  }

  private void judge(Watched it) {
    judgements++;
    String failure = it.failure();
    if (failure == null || lost.contains(failure)) {
      failures.remove(it);
    } else {
      failures.put(it, failure);
    }
    boolean isDone = it.isDone() || !lost.isEmpty() && lost.contains(it.sentence());
    switch (it) {
      case Taking taking -> keep(open, it, !isDone && taking.wave() <= wave);
      case Bystander _ -> keep(openBystanders, it, !isDone);
    }
  }

  private static void keep(Set<Watched> set, Watched it, boolean isIn) {
    if (isIn) {
      set.add(it);
    } else {
      set.remove(it);
    }
  }

  // --- wave after wave

  /// Goes on as far as possible.
  ///
  /// @return whether the last wave is done
  boolean advance(List<Order> orders, int number) {
    if (wave < 0 && !waves.isEmpty()) {
      enter(0, orders, number);
    }
    while (waitedFor().isEmpty()) {
      if (isLast()) {
        return true;
      }
      enter(wave + 1, orders, number);
    }
    return false;
  }

  private boolean isLast() {
    return wave >= waves.size() - 1;
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
    all.forEach(instance -> judge(Objects.requireNonNull(watched.get(instance))));
    orders.removeIf(Order.AwaitHealth.class::isInstance); // of a wave that was done at once
    orders.add(new Order.AwaitHealth(number, direction, wave + 1, waves.size(), all));
  }

  /// Members of the waves so far; in the last one bystanders, too.
  private NavigableSet<Watched> waitedFor() {
    return open.isEmpty() && isLast() ? openBystanders : open;
  }

  /// What went wrong for good, or null; the first of them.
  @Nullable String failure() {
    return failures.isEmpty() ? null : failures.firstEntry().getValue();
  }

  /// Nobody waits any longer for what is missing now.
  void giveUp() {
    List<Watched> given = new ArrayList<>(open);
    if (isLast()) {
      given.addAll(openBystanders);
    }
    given.forEach(it -> lost.add(it.sentence()));
    given.forEach(this::judge);
  }

  /// Nobody waits any longer for the first of the failures.
  void giveUpFailure() {
    Map.Entry<Watched, String> first = failures.firstEntry();
    if (first != null) {
      lost.add(first.getValue());
      judge(first.getKey());
    }
  }

  /// What is missing now, in a sentence.
  String missing() {
    NavigableSet<Watched> waited = waitedFor();
    return waited.isEmpty() ? "nothing is missing" : waited.first().sentence();
  }
}
