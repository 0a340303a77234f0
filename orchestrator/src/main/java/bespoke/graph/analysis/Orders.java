package bespoke.graph.analysis;

import bespoke.model.InstanceFmri;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jgrapht.Graph;

/// In which order instances can start, and stop.
///
/// @param waves each can start together once the waves before it are online; sorted within
/// @param cyclic what no order holds: the members of cycles and all that depend on them
public record Orders(List<List<InstanceFmri>> waves, List<InstanceFmri> cyclic) {

  public Orders {
    waves = List.copyOf(waves);
    cyclic = List.copyOf(cyclic);
  }

  /// Orders the whole graph by its requirements; costs the graph once.
  public static Orders of(InstanceGraph instances) {
    Graph<InstanceFmri, Edge> graph = instances.requirements();
    Map<InstanceFmri, Integer> missing = new HashMap<>();
    List<InstanceFmri> wave = new ArrayList<>();
    for (InstanceFmri instance : instances.instances()) {
      int degree = graph.outDegreeOf(instance);
      missing.put(instance, degree);
      if (degree == 0) {
        wave.add(instance);
      }
    }
    List<List<InstanceFmri>> waves = new ArrayList<>();
    while (!wave.isEmpty()) {
      wave.sort(null);
      waves.add(List.copyOf(wave));
      wave = next(graph, wave, missing);
    }
    return new Orders(
        waves, instances.instances().stream().filter(i -> missing.getOrDefault(i, 0) > 0).toList());
  }

  private static List<InstanceFmri> next(
      Graph<InstanceFmri, Edge> graph,
      List<InstanceFmri> wave,
      Map<InstanceFmri, Integer> missing) {
    List<InstanceFmri> next = new ArrayList<>();
    for (InstanceFmri instance : wave) {
      for (Edge edge : graph.incomingEdgesOf(instance)) {
        if (missing.merge(edge.from(), -1, Integer::sum) == 0) {
          next.add(edge.from());
        }
      }
    }
    return next;
  }

  /// The reverse: each wave can stop once the waves before it have.
  public List<List<InstanceFmri>> stopWaves() {
    return waves.reversed();
  }

  /// All that are in the waves, in an order in which they can start.
  public List<InstanceFmri> startOrder() {
    return waves.stream().flatMap(List::stream).toList();
  }
}
