package bespoke.manifest.yaml;

import bespoke.manifest.scenario.Expectation;
import bespoke.manifest.scenario.Operand;
import bespoke.manifest.scenario.Place;
import bespoke.manifest.yaml.YamlNode.Entry;
import bespoke.manifest.yaml.YamlNode.Mapping;
import bespoke.manifest.yaml.YamlNode.Scalar;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.OptionalInt;

/// Turns what a step expects, whose shape was checked, into values.
final class ExpectationMapping {
  private final String file;
  private final List<Expectation> found = new ArrayList<>();

  ExpectationMapping(String file) {
    this.file = file;
  }

  List<Expectation> all(Mapping expect) {
    expect.entries().forEach(this::add);
    return List.copyOf(found);
  }

  private void add(Entry entry) {
    YamlNode value = entry.value();
    switch (entry.key().text()) {
      case "state" -> {
        for (Entry one : ScenarioReader.entries(value)) {
          found.add(
              new Expectation.State(
                  place(one.key()), operand(one.key()), ((Scalar) one.value()).text()));
        }
      }
      case "never" -> {
        for (Entry one : ScenarioReader.entries(value)) {
          List<String> states = list(one.value()).stream().map(Scalar::text).toList();
          found.add(new Expectation.Never(place(one.key()), operand(one.key()), states));
        }
      }
      case "reaches" -> {
        if (value instanceof Mapping one) {
          reaches(one);
        } else {
          ScenarioReader.items(value).forEach(one -> reaches((Mapping) one));
        }
      }
      case "order" ->
          found.add(
              new Expectation.Order(
                  place(entry.key()), list(value).stream().map(this::operand).toList()));
      case "restarted" ->
          list(value).forEach(it -> found.add(new Expectation.Restarted(place(it), operand(it))));
      case "not_restarted" ->
          list(value)
              .forEach(it -> found.add(new Expectation.NotRestarted(place(it), operand(it))));
      case "refreshed" ->
          list(value).forEach(it -> found.add(new Expectation.Refreshed(place(it), operand(it))));
      default ->
          found.add(
              new Expectation.SettlesWithin(
                  place(entry.key()), Double.parseDouble(((Scalar) value).text())));
    }
  }

  private void reaches(Mapping node) {
    OptionalInt transitions =
        node.value("within_transitions") == null
            ? OptionalInt.empty()
            : OptionalInt.of((int) ScenarioReader.number(node, "within_transitions", 0));
    found.add(
        new Expectation.Reaches(
            place(node),
            operand((Scalar) Objects.requireNonNull(node.value("service"))),
            ScenarioReader.text(node, "state"),
            transitions,
            ScenarioReader.seconds(node, "within_seconds")));
  }

  private static List<Scalar> list(YamlNode value) {
    return value instanceof Scalar one
        ? List.of(one)
        : ScenarioReader.items(value).stream().map(Scalar.class::cast).toList();
  }

  private Place place(YamlNode node) {
    return new Place(file, node.line(), node.column());
  }

  private Operand operand(Scalar scalar) {
    return new Operand(scalar.text(), place(scalar));
  }
}
