package bespoke.cli.render;

import bespoke.api.EdgeRecord;
import bespoke.api.VertexRecord;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Places a graph in layers, dependents above what they depend on (Sugiyama's method): layers by
/// longest path, places for edges that skip layers, fewer crossings by barycentres, then straight
/// edges by moving nodes towards their neighbours.
final class LayeredLayout {

  private static final int SWEEPS = 12;
  private static final double GAP = 24;
  private static final double ROUTE_WIDTH = 8;

  /// A place in a layer: a vertex, or a bend of an edge that passes by.
  static final class Node {
    final String fmri;
    final double width;
    final List<Node> above = new ArrayList<>();
    final List<Node> below = new ArrayList<>();
    int layer;
    double centre;
    double wish;

    Node(String fmri, double width) {
      this.fmri = fmri;
      this.width = width;
    }
  }

  private final Map<String, Node> nodes = new HashMap<>();
  private final List<List<Node>> layers = new ArrayList<>();
  private final Map<EdgeRecord, List<Node>> routes = new HashMap<>();

  /// Lays the graph out; a vertex takes the width of its label.
  LayeredLayout(Drawing drawing, Map<String, Double> widths) {
    for (VertexRecord vertex : drawing.vertices()) {
      nodes.put(vertex.fmri(), new Node(vertex.fmri(), widths.getOrDefault(vertex.fmri(), 80.0)));
    }
    assignLayers(drawing);
    route(drawing);
    for (int sweep = 0; sweep < SWEEPS; sweep++) {
      order(sweep % 2 == 0);
    }
    pack();
    for (int sweep = 0; sweep < SWEEPS; sweep++) {
      align(sweep % 2 == 0);
    }
    shiftToZero();
  }

  /// The place of a vertex.
  Node node(String fmri) {
    Node node = nodes.get(fmri);
    if (node == null) {
      throw new IllegalArgumentException("no vertex " + fmri);
    }
    return node;
  }

  /// The places an edge runs through, its ends included.
  List<Node> route(EdgeRecord edge) {
    return routes.getOrDefault(edge, List.of());
  }

  /// How many layers there are.
  int depth() {
    return layers.size();
  }

  /// How far the rightmost place reaches.
  double width() {
    double width = 0;
    for (List<Node> layer : layers) {
      for (Node node : layer) {
        width = Math.max(width, node.centre + node.width / 2);
      }
    }
    return width;
  }

  /// Longest path from the top; edges that would close a cycle do not count (at most as many rounds
  /// as there are vertices).
  private void assignLayers(Drawing drawing) {
    List<EdgeRecord> forward = AcyclicEdges.of(drawing);
    boolean changed = true;
    for (int round = 0; changed && round <= nodes.size(); round++) {
      changed = false;
      for (EdgeRecord edge : forward) {
        Node from = node(edge.from());
        Node to = node(edge.to());
        if (to.layer <= from.layer) {
          to.layer = from.layer + 1;
          changed = true;
        }
      }
    }
    List<Node> sorted = new ArrayList<>(nodes.values());
    sorted.sort(Comparator.comparing(node -> node.fmri));
    for (Node node : sorted) {
      while (layers.size() <= node.layer) {
        layers.add(new ArrayList<>());
      }
      layers.get(node.layer).add(node);
    }
  }

  private void route(Drawing drawing) {
    for (EdgeRecord edge : drawing.edges()) {
      Node upper = node(edge.from());
      Node lower = node(edge.to());
      boolean down = upper.layer <= lower.layer;
      Node top = down ? upper : lower;
      Node bottom = down ? lower : upper;
      List<Node> route = new ArrayList<>(List.of(top));
      Node last = top;
      for (int layer = top.layer + 1; layer < bottom.layer; layer++) {
        Node bend = new Node("", ROUTE_WIDTH);
        bend.layer = layer;
        layers.get(layer).add(bend);
        connect(last, bend);
        route.add(bend);
        last = bend;
      }
      if (top.layer != bottom.layer) {
        connect(last, bottom);
      }
      route.add(bottom);
      routes.put(edge, down ? route : route.reversed());
    }
  }

  private static void connect(Node upper, Node lower) {
    upper.below.add(lower);
    lower.above.add(upper);
  }

  /// Orders each layer by the average place of the neighbours in the layer before.
  private void order(boolean downward) {
    for (int i = 0; i < layers.size(); i++) {
      List<Node> layer = layers.get(downward ? i : layers.size() - 1 - i);
      for (int place = 0; place < layer.size(); place++) {
        Node node = layer.get(place);
        node.wish = average(downward ? node.above : node.below, place, false);
      }
      layer.sort(Comparator.comparingDouble(node -> node.wish));
      for (int place = 0; place < layer.size(); place++) {
        layer.get(place).centre = place;
      }
    }
  }

  private static double average(List<Node> neighbours, double otherwise, boolean median) {
    if (neighbours.isEmpty()) {
      return otherwise;
    }
    double[] centres = new double[neighbours.size()];
    double sum = 0;
    for (int i = 0; i < centres.length; i++) {
      centres[i] = neighbours.get(i).centre;
      sum += centres[i];
    }
    if (!median) {
      return sum / centres.length;
    }
    Arrays.sort(centres);
    return (centres[(centres.length - 1) / 2] + centres[centres.length / 2]) / 2;
  }

  private void pack() {
    for (List<Node> layer : layers) {
      double x = 0;
      for (Node node : layer) {
        node.centre = x + node.width / 2;
        x += node.width + GAP;
      }
    }
  }

  /// Moves each node of a layer towards the median of its neighbours, keeping order and gaps.
  private void align(boolean downward) {
    for (int i = 0; i < layers.size(); i++) {
      List<Node> layer = layers.get(downward ? i : layers.size() - 1 - i);
      double[] lowest = new double[layer.size()];
      double[] highest = new double[layer.size()];
      for (int n = 0; n < layer.size(); n++) {
        Node node = layer.get(n);
        node.wish = average(downward ? node.above : node.below, node.centre, true);
        lowest[n] = n == 0 ? node.wish : Math.max(node.wish, lowest[n - 1] + apart(layer, n));
      }
      for (int n = layer.size() - 1; n >= 0; n--) {
        double wish = layer.get(n).wish;
        boolean last = n + 1 == layer.size();
        highest[n] = last ? wish : Math.min(wish, highest[n + 1] - apart(layer, n + 1));
      }
      for (int n = 0; n < layer.size(); n++) {
        layer.get(n).centre = (lowest[n] + highest[n]) / 2;
      }
    }
  }

  /// How far the centres of a node and the one before it must be apart.
  private static double apart(List<Node> layer, int n) {
    return (layer.get(n - 1).width + layer.get(n).width) / 2 + GAP;
  }

  private void shiftToZero() {
    double least = Double.MAX_VALUE;
    for (List<Node> layer : layers) {
      for (Node node : layer) {
        least = Math.min(least, node.centre - node.width / 2);
      }
    }
    for (List<Node> layer : layers) {
      for (Node node : layer) {
        node.centre -= least;
      }
    }
  }
}
