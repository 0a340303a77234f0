package bespoke.simulate;

import bespoke.engine.Envelope;
import bespoke.model.InstanceFmri;
import bespoke.model.Severity;
import bespoke.model.Transition;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// What happened in one step.
final class Chronicle {
  private static final int CHAIN_MAX = 12;
  private static final double MILLIS = 1000;

  private final List<Entry> entries = new ArrayList<>();
  private final Map<Long, Long> causes = new HashMap<>();

  /// A transition with its time.
  ///
  /// @param at since the step began
  record Entry(Duration at, Transition transition) {}

  void add(Duration at, Transition transition) {
    entries.add(new Entry(at, transition));
  }

  /// An event is about to be handled.
  void happens(Envelope envelope) {
    causes.put(envelope.id(), envelope.cause());
  }

  /// What an instance went through, in order.
  List<Entry> of(InstanceFmri instance) {
    return entries.stream().filter(it -> it.transition().instance().equals(instance)).toList();
  }

  /// The changes of state of an instance, in order.
  List<Entry> changes(InstanceFmri instance) {
    return of(instance).stream().filter(it -> it.transition().changesState()).toList();
  }

  /// When it first came up, counted among all transitions of the step.
  Optional<Integer> firstOnline(InstanceFmri instance) {
    for (int i = 0; i < entries.size(); i++) {
      Transition it = entries.get(i).transition();
      if (it.instance().equals(instance) && !it.from().isRunning() && it.to().isRunning()) {
        return Optional.of(i);
      }
    }
    return Optional.empty();
  }

  boolean wentDown(InstanceFmri instance) {
    return changes(instance).stream()
        .map(Entry::transition)
        .anyMatch(it -> it.from().isRunning() && !it.to().isRunning());
  }

  boolean wasRefreshed(InstanceFmri instance) {
    return of(instance).stream()
        .map(Entry::transition)
        .anyMatch(it -> it.severity() == Severity.REFRESH && !it.changesState());
  }

  /// How an instance came to its present state: its last change, then what led to that, and so on.
  List<String> because(InstanceFmri instance) {
    return because(lastChange(instance, entries.size()));
  }

  /// How it came to one change.
  List<String> because(Entry entry) {
    return because(entries.indexOf(entry));
  }

  private List<String> because(int last) {
    List<String> chain = new ArrayList<>();
    int at = last;
    while (at >= 0 && chain.size() < CHAIN_MAX) {
      chain.add(text(entries.get(at)));
      at = ledTo(at);
    }
    return chain;
  }

  /// The change of another instance that led to a change, or -1 when there was none: named by the
  /// transition itself, or found on the way back through the events.
  private int ledTo(int index) {
    Transition transition = entries.get(index).transition();
    if (transition.because().isPresent()) {
      return lastChange(transition.because().get(), index);
    }
    for (long id = transition.cause(); id != 0; id = causes.getOrDefault(id, 0L)) {
      for (int i = index - 1; i >= 0; i--) {
        Transition it = entries.get(i).transition();
        if (it.cause() == id && it.changesState() && !it.instance().equals(transition.instance())) {
          return i;
        }
      }
    }
    return -1;
  }

  private int lastChange(InstanceFmri instance, int before) {
    for (int i = before - 1; i >= 0; i--) {
      Transition it = entries.get(i).transition();
      if (it.instance().equals(instance) && it.changesState()) {
        return i;
      }
    }
    return -1;
  }

  private static String text(Entry entry) {
    Transition it = entry.transition();
    String because = it.because().map(other -> " (" + other + ")").orElse("");
    String detail = it.detail().isEmpty() ? "" : ", " + it.detail();
    return seconds(entry.at())
        + " "
        + it.instance()
        + " "
        + it.from()
        + " -> "
        + it.to()
        + ": "
        + it.auxiliary().text()
        + because
        + detail;
  }

  /// `2.5 s`.
  static String seconds(Duration duration) {
    return String.format(Locale.ROOT, "%.1f s", duration.toMillis() / MILLIS);
  }
}
