package bespoke.explain;

import bespoke.model.AuxiliaryState;
import bespoke.model.InstanceFmri;
import bespoke.model.InstanceStatus;
import bespoke.model.Template;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// Explains the state of instances: the algorithm of svcs(1) `-x`.
///
/// Building it costs one look at every dependency of a waiting instance; each explanation then
/// costs what it lists. It is a snapshot: make a new one when the facts change.
public final class Explainer {
  private final Facts facts;
  private final Nodes nodes;
  private final Blame blame;
  private final Reasons reasons;
  private final Map<InstanceFmri, InstanceStatus> unconfigured = new HashMap<>();

  /// Looks at all instances once.
  public Explainer(Facts facts) {
    this.facts = facts;
    this.nodes = new Nodes(facts.instances(), facts.exists());
    this.blame = new Blame(nodes);
    this.reasons = new Reasons(nodes);
    facts.instances().stream()
        .filter(status -> !status.enabled().isConfigured())
        .forEach(status -> unconfigured.put(status.fmri(), status));
  }

  /// Everything that is wrong, what has the most impact first: svcs(1) `-x` without operands.
  public List<Explanation> problems() {
    return nodes.all().stream()
        .filter(node -> node.isProblem || node.isCause && !node.blocks.isEmpty())
        .map(this::explain)
        .sorted(Comparator.comparingInt((Explanation e) -> -e.impact().size()))
        .toList();
  }

  /// Why one instance is in its state, whatever that is; empty if there is no such instance.
  public Optional<Explanation> explain(InstanceFmri fmri) {
    Node node = nodes.find(fmri);
    if (node != null) {
      return Optional.of(explain(node));
    }
    return Optional.ofNullable(unconfigured.get(fmri)).map(this::explainUnconfigured);
  }

  /// Circles of instances that wait for each other, in the order of waiting; svcs(1) prints
  /// `Dependency cycle detected:` and one FMRI a line.
  public List<List<InstanceFmri>> cycles() {
    return blame.cycles();
  }

  private Explanation explain(Node node) {
    return explanation(node.status, reasons.of(node), impact(node));
  }

  private Explanation explainUnconfigured(InstanceStatus status) {
    Reason reason =
        Reason.of(
            ReasonCode.NOT_CONFIGURED, "Not configured: general/enabled is not set.", List.of());
    return explanation(status, List.of(reason), List.of());
  }

  private Explanation explanation(
      InstanceStatus status, List<Reason> because, List<InstanceFmri> impact) {
    return new Explanation(
        status.fmri(),
        status.definition().template().commonName(),
        status.runtime().state(),
        status.runtime().next(),
        status.runtime().sinceEpochMillis(),
        because,
        seeAlso(status),
        impact);
  }

  private List<SeeAlso> seeAlso(InstanceStatus status) {
    List<Template.Documentation> documents = status.definition().template().documentation();
    boolean byService = status.runtime().auxiliary() == AuxiliaryState.SERVICE_REQUEST;
    Stream<InstanceFmri> requester =
        byService ? status.runtime().auxiliaryFmri().stream() : Stream.empty();
    return Stream.of(
            documents.stream()
                .filter(Template.Manpage.class::isInstance)
                .map(SeeAlso.Document::new),
            documents.stream().filter(Template.Link.class::isInstance).map(SeeAlso.Document::new),
            Stream.concat(requester, Stream.of(status.fmri()))
                .map(fmri -> new SeeAlso.Log(facts.logFile().apply(fmri))))
        .<SeeAlso>flatMap(part -> part)
        .toList();
  }

  /// All that is not running because of this one, the closure over who waits for whom.
  private static List<InstanceFmri> impact(Node origin) {
    if (origin.blocks.isEmpty()) {
      return List.of();
    }
    BitSet seen = new BitSet();
    seen.set(origin.index);
    List<InstanceFmri> impact = new ArrayList<>();
    ArrayDeque<Node> queue = new ArrayDeque<>(List.of(origin));
    while (!queue.isEmpty()) {
      for (Node blocked : queue.remove().blocks) {
        if (!seen.get(blocked.index)) {
          seen.set(blocked.index);
          impact.add(blocked.fmri());
          queue.add(blocked);
        }
      }
    }
    impact.sort(null);
    return impact;
  }
}
