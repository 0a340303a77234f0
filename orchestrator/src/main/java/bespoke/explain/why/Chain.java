package bespoke.explain.why;

import bespoke.engine.Envelope;
import bespoke.engine.Event;
import bespoke.explain.why.Account.Link;
import bespoke.explain.why.Account.Root;
import bespoke.model.InstanceFmri;
import bespoke.model.Transition;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Walks from a transition back to its root, one event at a time.
final class Chain {

  /// So many links are told; a chain goes on as long as the journal does.
  static final int LINKS_MAX = 500;

  /// A stop began at most so many transitions of its instance ago.
  private static final int EARLIER_MAX = 50;

  private final History history;
  private final List<Link> links = new ArrayList<>();
  private final Set<Place> visited = new HashSet<>();
  private final Map<Long, List<Transition>> transitions = new HashMap<>();
  private Root root = Root.FORGOTTEN;

  /// What one instance did on account of one event.
  private record Place(InstanceFmri instance, long event) {}

  Chain(History history, Transition last) {
    this.history = history;
    @Nullable Place place = new Place(last.instance(), last.cause());
    while (place != null && visited.add(place) && links.size() < LINKS_MAX) {
      place = tell(place);
    }
  }

  List<Link> links() {
    return links;
  }

  Root root() {
    return root;
  }

  /// A journal looks in files, so it is asked once for each event.
  private List<Transition> transitionsOf(long event) {
    return transitions.computeIfAbsent(event, history::transitionsOf);
  }

  /// Adds what happened there, and returns what led to it.
  private @Nullable Place tell(Place place) {
    Optional<Envelope> event = history.event(place.event());
    List<Transition> own =
        transitionsOf(place.event()).stream()
            .filter(it -> it.instance().equals(place.instance()))
            .toList();
    own.reversed().forEach(it -> links.add(TransitionText.link(it, event)));
    Optional<Place> other =
        own.stream()
            .flatMap(it -> it.because().stream())
            .map(it -> new Place(it, place.event()))
            .findFirst()
            .or(() -> subject(place, event))
            .filter(this::isTold);
    if (other.isPresent()) {
      return other.get();
    }
    if (event.isEmpty()) {
      return null;
    }
    boolean isEnd =
        isEnd(event.get().event()) && !own.isEmpty() && own.getFirst().from().isRunning();
    Optional<Transition> begun = isEnd ? stopBegunBefore(place) : Optional.empty();
    if (isEnd && begun.isEmpty()) {
      root = rootOf(event.get());
      return null;
    }
    Optional<Place> started = startReportedBy(event.get(), place);
    if (started.isPresent()) {
      return started.get();
    }
    return begun.isPresent() && event.get().event() instanceof Event.ContractEmptied
        ? new Place(place.instance(), begun.get().cause())
        : before(place.instance(), event.get());
  }

  /// A process that says that it is ready answers to its start, though no event of ours asked.
  private Optional<Place> startReportedBy(Envelope event, Place place) {
    return event.event() instanceof Event.ReadinessReported
        ? history.latest(place.instance(), EARLIER_MAX).stream()
            .filter(it -> it.cause() < place.event())
            .findFirst()
            .map(it -> new Place(it.instance(), it.cause()))
        : Optional.empty();
  }

  /// Processes that end while nobody stops them are a root, whatever question the world answered
  /// with it; those of a stop are not.
  private static boolean isEnd(Event event) {
    return event instanceof Event.ContractEmptied
        || event instanceof Event.MemberDied
        || event instanceof Event.MethodExited;
  }

  /// The instance that the event is about, when it is another: its change let this one start.
  private static Optional<Place> subject(Place place, Optional<Envelope> event) {
    return event
        .flatMap(it -> EventText.subject(it.event()))
        .filter(it -> !it.equals(place.instance()))
        .map(it -> new Place(it, place.event()));
  }

  private boolean isTold(Place place) {
    return !visited.contains(place)
        && transitionsOf(place.event()).stream()
            .anyMatch(it -> it.instance().equals(place.instance()));
  }

  /// The transition that began a stop which is under way at that place: the emptying of a contract
  /// only ends what the death of its process, for example, began.
  private Optional<Transition> stopBegunBefore(Place place) {
    return history.latest(place.instance(), EARLIER_MAX).stream()
        .filter(it -> it.cause() < place.event())
        .findFirst()
        .filter(it -> it.from().isRunning() && it.next() != null);
  }

  /// The latest earlier event of the chain at which the instance itself moved, or the event's own
  /// subject did; at the end of the chain, the root.
  private @Nullable Place before(InstanceFmri instance, Envelope event) {
    Envelope current = event;
    for (int steps = 0; steps < LINKS_MAX; steps++) {
      if (current.cause() == 0) {
        root = rootOf(current);
        return null;
      }
      Optional<Envelope> earlier = history.event(current.cause());
      if (earlier.isEmpty()) {
        return null;
      }
      current = earlier.get();
      long id = current.id();
      List<Transition> moved = transitionsOf(id);
      boolean isOwn = moved.stream().anyMatch(it -> it.instance().equals(instance));
      if (isOwn) {
        return new Place(instance, id);
      }
      Optional<InstanceFmri> subject = EventText.subject(current.event());
      if (subject.isPresent() && isTold(new Place(subject.get(), id))) {
        return new Place(subject.get(), id);
      }
    }
    return null;
  }

  private static Root rootOf(Envelope event) {
    String clause = EventText.clause(event);
    Optional<InstanceFmri> subject =
        event.actor().isPresent() ? Optional.empty() : EventText.subject(event.event());
    String text = subject.map(it -> it + ": " + clause).orElse(capitalized(clause)) + ".";
    return new Root(event.id(), event.atEpochMillis(), event.actor(), text);
  }

  private static String capitalized(String text) {
    return Character.toUpperCase(text.charAt(0)) + text.substring(1);
  }
}
