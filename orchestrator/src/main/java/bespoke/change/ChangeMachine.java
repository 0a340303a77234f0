package bespoke.change;

import bespoke.model.InstanceFmri;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Decides how one change goes: which wave is next, and when it is taken back.
///
/// Not thread-safe. The same facts always give the same orders.
public final class ChangeMachine {
  /// A change that costs so many daemons is taken back.
  private static final int DEATHS_MAX = 3;

  private final List<Member> members;
  private final Set<InstanceFmri> ranBefore;
  private Set<InstanceFmri> refresh;
  private @Nullable Passage passage;
  private Standing standing = Standing.APPLYING;
  private String why = "";
  private boolean isBlocked;
  private boolean isResumed;
  private int number;

  /// @param members in the order in which they are told
  /// @param ranBefore who of them, and of those that depend on them, ran before
  public ChangeMachine(List<Member> members, Set<InstanceFmri> ranBefore) {
    this.members = List.copyOf(members);
    this.ranBefore = new LinkedHashSet<>(ranBefore);
    this.refresh = refreshable();
  }

  private Set<InstanceFmri> refreshable() {
    Set<InstanceFmri> all = new LinkedHashSet<>();
    for (Member member : members) {
      if (member.need() == Need.REFRESH) {
        all.add(member.instance());
      }
    }
    return all;
  }

  /// How far it is.
  public Standing standing() {
    return standing;
  }

  /// How often any instance was judged on this passage; for who wants to know what a fact costs.
  long judgements() {
    return passage == null ? 0 : passage.judgements();
  }

  /// Takes one fact and tells what to do about it, in order.
  public List<Order> handle(Fact fact) {
    List<Order> orders = new ArrayList<>();
    if (standing.isEnd()) {
      return orders;
    }
    switch (fact) {
      case Fact.Began _ -> {
        orders.add(new Order.Remember(Standing.APPLYING, ""));
        orders.add(new Order.PutInForce(Direction.FORWARD));
      }
      case Fact.Resumed resumed -> resume(resumed, orders);
      case Fact.CameIntoForce inForce -> {
        passage = passage(standing == Standing.APPLYING ? Direction.FORWARD : Direction.BACK);
        passage.begin(inForce, orders);
        look(passage, orders);
      }
      case Fact.WasRefused(String reason) -> refused(reason, orders);
      case Fact.Moved(InstanceFmri instance, Condition now) -> {
        if (passage != null) {
          passage.moved(instance, now);
          look(passage, orders);
        }
      }
      case Fact.CameToRest _ -> {
        if (passage != null) {
          passage.cameToRest(orders);
        }
      }
      case Fact.Refreshed(InstanceFmri instance) -> {
        if (passage != null) {
          passage.refreshed(instance);
          look(passage, orders);
        }
      }
      case Fact.MonitorAnswered(InstanceFmri instance, boolean isGood, _) -> {
        if (passage != null) {
          passage.answered(instance, isGood);
          look(passage, orders);
        }
      }
      case Fact.PatienceEnded(int ended) -> {
        if (passage != null && ended == number) {
          patienceEnded(passage, orders);
        }
      }
      case Fact.RollbackRequested(String by) -> {
        if (standing == Standing.APPLYING) {
          goBack(by + " asked for it", orders);
        } else if (isBlocked) {
          isBlocked = false;
          orders.add(new Order.PutInForce(Direction.BACK));
        }
      }
    }
    return orders;
  }

  private Passage passage(Direction direction) {
    number++;
    return switch (direction) {
      case FORWARD -> new Passage(direction, members, ranBefore, refresh, isResumed);
      case BACK ->
          new Passage(
              direction,
              members.stream().map(Member::backwards).toList(),
              ranBefore,
              refresh,
              false);
    };
  }

  private void resume(Fact.Resumed resumed, List<Order> orders) {
    why = resumed.why();
    isResumed = true;
    if (resumed.standing() == Standing.ROLLING_BACK) {
      standing = Standing.ROLLING_BACK;
      orders.add(new Order.PutInForce(Direction.BACK));
    } else if (resumed.times() > DEATHS_MAX) {
      goBack("the daemon died " + resumed.times() + " times while it was under way", orders);
    } else {
      orders.add(new Order.PutInForce(Direction.FORWARD));
    }
  }

  private void refused(String reason, List<Order> orders) {
    if (standing == Standing.APPLYING) {
      goBack(reason, orders);
    } else {
      isBlocked = true;
      orders.add(
          new Order.Remember(
              Standing.ROLLING_BACK,
              why + "; the old configuration cannot be put back: " + reason));
    }
  }

  private void look(Passage now, List<Order> orders) {
    for (String failure = now.failure(); failure != null; failure = now.failure()) {
      if (now.direction() == Direction.FORWARD) {
        goBack(failure, orders);
        return;
      }
      now.giveUpFailure();
    }
    int next = number + 1;
    boolean isDone = now.advance(orders, next);
    if (orders.stream().anyMatch(Order.AwaitHealth.class::isInstance)) {
      number = next;
    }
    if (isDone) {
      end(now, orders);
    }
  }

  private void patienceEnded(Passage now, List<Order> orders) {
    if (now.direction() == Direction.FORWARD) {
      goBack(now.missing() + ", and patience ended", orders);
    } else {
      now.giveUp();
      look(now, orders);
    }
  }

  private void goBack(String reason, List<Order> orders) {
    why = reason;
    if (passage != null) {
      refresh = passage.refreshed();
      passage = null;
    }
    standing = Standing.ROLLING_BACK;
    orders.add(new Order.Remember(standing, why));
    orders.add(new Order.PutInForce(Direction.BACK));
  }

  private void end(Passage now, List<Order> orders) {
    orders.removeIf(Order.AwaitHealth.class::isInstance);
    standing = now.direction() == Direction.FORWARD ? Standing.COMPLETE : Standing.ROLLED_BACK;
    String left = String.join("; ", now.lost());
    String all = left.isEmpty() ? why : why + "; afterwards " + left;
    orders.add(new Order.Remember(standing, all));
    orders.add(new Order.End(standing, all));
  }
}
