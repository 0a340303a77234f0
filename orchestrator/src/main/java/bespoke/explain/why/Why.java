package bespoke.explain.why;

import bespoke.explain.Explainer;
import bespoke.explain.Reason;
import bespoke.explain.why.Account.Link;
import bespoke.explain.why.Account.Root;
import bespoke.model.Fmri;
import bespoke.model.InstanceFmri;
import bespoke.model.InstanceState;
import bespoke.model.InstanceStatus;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/// Tells why an instance is in its state: `svcs why`.
public final class Why {
  private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss");

  private final History history;
  private final Explainer explainer;
  private final NotRestarted notRestarted;
  private final ZoneId zone;

  /// Works on one view of the machine.
  ///
  /// @param instancesOf the instances of a service, or the instance itself
  /// @param zone in which times are told
  public Why(
      History history,
      Explainer explainer,
      Function<Fmri, List<InstanceFmri>> instancesOf,
      ZoneId zone) {
    this.history = history;
    this.explainer = explainer;
    this.notRestarted = new NotRestarted(history, instancesOf);
    this.zone = zone;
  }

  /// The account of one instance.
  public Account tell(InstanceStatus status) {
    Optional<Chain> chain =
        history.latest(status.fmri(), 1).stream().findFirst().map(it -> new Chain(history, it));
    List<Link> links = chain.map(Chain::links).orElse(List.of());
    Root root = chain.map(Chain::root).orElse(Root.FORGOTTEN);
    return new Account(
        status.fmri(),
        status.runtime().state(),
        status.runtime().sinceEpochMillis(),
        headline(status, links, root),
        links,
        root,
        notes(status));
  }

  private String headline(InstanceStatus status, List<Link> links, Root root) {
    InstanceState next = status.runtime().next();
    String state =
        status.fmri()
            + (status.runtime().state() == InstanceState.MAINTENANCE
                ? " has been in "
                : " has been ")
            + status.runtime().state()
            + (next == null ? "" : ", moving to " + next + ",")
            + " since "
            + TIME.format(Instant.ofEpochMilli(status.runtime().sinceEpochMillis()).atZone(zone));
    return state
        + decisive(links)
            .map(link -> " because " + deed(status.fmri(), link, links))
            .orElse(root.event() == 0 ? "." : ". " + root.text());
  }

  /// The latest link that does not merely follow; of a stop its beginning, which knows the reason.
  private static Optional<Link> decisive(List<Link> links) {
    Optional<Link> latest = links.stream().filter(link -> !link.isRoutine()).findFirst();
    return latest
        .filter(Link::isStopped)
        .flatMap(end ->
            links.subList(links.indexOf(end), links.size()).stream()
                .takeWhile(it -> it.instance().equals(end.instance()) && !it.isRoutine())
                .reduce((first, second) -> second))
        .or(() -> latest);
  }

  /// What decided it; who stopped and came back has restarted.
  private static String deed(InstanceFmri self, Link decisive, List<Link> links) {
    boolean cameBack =
        links.stream().anyMatch(it -> it.instance().equals(decisive.instance()) && it.isStart());
    boolean stopped = decisive.isStopped() || decisive.deed().equals(TransitionText.BEGAN_TO_STOP);
    String who = decisive.instance().equals(self) ? "it" : decisive.instance().toString();
    String what = cameBack && stopped ? "restarted" : decisive.deed();
    return who
        + " "
        + what
        + (decisive.because().isEmpty() ? "." : ": " + decisive.because() + ".");
  }

  private List<String> notes(InstanceStatus status) {
    if (status.runtime().state().isRunning()) {
      return notRestarted.notes(status);
    }
    return explainer.explain(status.fmri()).stream()
        .flatMap(explanation -> explanation.reasons().stream())
        .map(Reason::text)
        .toList();
  }
}
