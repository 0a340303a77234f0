package bespoke.manifest.yaml;

import bespoke.manifest.Problem;
import bespoke.manifest.Problems;
import bespoke.manifest.scenario.Action;
import bespoke.manifest.scenario.Claim;
import bespoke.manifest.scenario.Operand;
import bespoke.manifest.scenario.Place;
import bespoke.manifest.scenario.Scenario;
import bespoke.manifest.scenario.ServiceSetting;
import bespoke.manifest.scenario.Step;
import bespoke.manifest.yaml.YamlNode.Entry;
import bespoke.manifest.yaml.YamlNode.Mapping;
import bespoke.manifest.yaml.YamlNode.Scalar;
import bespoke.manifest.yaml.YamlNode.Sequence;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/// Reads scenarios, a YAML document each, with everything that is wrong in them.
public final class ScenarioReader {
  /// Bytes of one file.
  public static final int BYTES_MAX = 4 << 20;

  /// Steps of all scenarios of one file.
  private static final int STEPS_MAX = 10_000;

  private final String file;
  private final Problems problems;
  private final List<Scenario> scenarios = new ArrayList<>();
  private int steps;

  private ScenarioReader(String file) {
    this.file = file;
    this.problems = new Problems(file);
  }

  /// What was read.
  ///
  /// @param problems with any of them there are no scenarios
  public record Result(List<Scenario> scenarios, List<Problem> problems) {
    public Result {
      scenarios = List.copyOf(scenarios);
      problems = List.copyOf(problems);
    }
  }

  /// Reads a file.
  ///
  /// @param file as the person named it
  public static Result read(String file, byte[] bytes) {
    ScenarioReader reader = new ScenarioReader(file);
    reader.read(bytes);
    List<Problem> problems = reader.problems.sorted();
    return new Result(problems.isEmpty() ? reader.scenarios : List.of(), problems);
  }

  private void read(byte[] bytes) {
    if (bytes.length > BYTES_MAX) {
      problems.add(1, 1, "cannot read more than " + BYTES_MAX + " bytes", "split the file");
      return;
    }
    try {
      String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
      YamlDocuments.read(text, 0, problems, this::read);
    } catch (CharacterCodingException e) {
      problems.add(1, 1, "cannot read text that is not UTF-8", "convert the file");
      return;
    }
    if (scenarios.isEmpty() && problems.count() == 0) {
      problems.add(1, 1, "cannot find a scenario", "begin one with scenario: NAME");
    }
  }

  private void read(YamlDocuments.Document document) {
    int before = problems.count();
    new ShapeCheck(problems).check(document.root(), ScenarioShapes.SCENARIO, "a scenario");
    if (document.isClean()
        && problems.count() == before
        && document.root() instanceof Mapping root) {
      scenarios.add(scenario(root));
    }
  }

  private Scenario scenario(Mapping root) {
    List<ServiceSetting> services = new ArrayList<>();
    for (Entry entry : entries(root.value("services"))) {
      services.add(setting(entry));
    }
    List<Claim> claims = new ArrayList<>();
    items(root.value("graph")).forEach(node -> claim((Mapping) node).ifPresent(claims::add));
    List<Step> read = new ArrayList<>();
    for (YamlNode node : items(root.value("steps"))) {
      if (++steps > STEPS_MAX) {
        problems.add(
            node.line(),
            node.column(),
            "cannot take more than " + STEPS_MAX + " steps",
            "use fewer");
        break;
      }
      read.add(step((Mapping) node));
    }
    return new Scenario(
        text(root, "scenario"),
        (long) number(root, "seed", 1),
        (int) number(root, "runs", 1),
        number(root, "jitter_percent", 0),
        services,
        items(root.value("files")).stream().map(node -> ((Scalar) node).text()).toList(),
        claims,
        read);
  }

  private ServiceSetting setting(Entry entry) {
    Mapping values = (Mapping) entry.value();
    return new ServiceSetting(
        operand(entry.key()),
        seconds(values, "start_seconds"),
        seconds(values, "stop_seconds"),
        seconds(values, "refresh_seconds"));
  }

  private Optional<Claim> claim(Mapping node) {
    Entry only = node.entries().getFirst();
    Place place = place(node);
    return switch (only.key().text()) {
      case "no_cycles" -> flag(only) ? Optional.of(new Claim.NoCycles(place)) : refused(only);
      case "requires" -> {
        Mapping pair = (Mapping) only.value();
        yield Optional.of(new Claim.Requires(place, operand(pair, "service"), operand(pair, "on")));
      }
      case "does_not_require" -> {
        Mapping pair = (Mapping) only.value();
        yield Optional.of(
            new Claim.DoesNotRequire(place, operand(pair, "service"), operand(pair, "on")));
      }
      case "impact_at_most" -> {
        Mapping impact = (Mapping) only.value();
        yield Optional.of(
            new Claim.ImpactAtMost(
                place, operand(impact, "of"), (int) number(impact, "instances", 0)));
      }
      default -> {
        Mapping point = (Mapping) only.value();
        yield Optional.of(
            new Claim.NoSinglePointOfFailure(
                place, (int) number(point, "takes_down_at_most", 0), operands(point, "except")));
      }
    };
  }

  private static boolean flag(Entry entry) {
    return entry.value() instanceof Scalar scalar && scalar.text().equals("true");
  }

  private <T> Optional<T> refused(Entry entry) {
    problems.add(
        entry.value().line(),
        entry.value().column(),
        "cannot use false as " + entry.key().text(),
        "leave it out, or write true");
    return Optional.empty();
  }

  private Step step(Mapping node) {
    Action action = new Action.Wait();
    for (Entry entry : node.entries()) {
      String key = entry.key().text();
      if (!key.equals("expect") && !key.equals("for_seconds")) {
        action = action(entry);
      }
    }
    List<bespoke.manifest.scenario.Expectation> expectations =
        node.value("expect") instanceof Mapping expect
            ? new ExpectationMapping(file).all(expect)
            : List.of();
    return new Step(place(node), action, seconds(node, "for_seconds"), expectations);
  }

  private Action action(Entry entry) {
    String key = entry.key().text();
    return switch (key) {
      case "boot" -> {
        if (!flag(entry)) {
          refused(entry);
        }
        yield new Action.Boot();
      }
      case "wait" -> new Action.Wait();
      case "fails" -> new Action.Fails(operand((Scalar) entry.value()));
      case "method" -> method((Mapping) entry.value());
      case "milestone" -> new Action.Milestone(operand((Scalar) entry.value()));
      default ->
          key.startsWith("file_")
              ? new Action.File(((Scalar) entry.value()).text(), key.substring("file_".length()))
              : new Action.Administer(key, operand((Scalar) entry.value()));
    };
  }

  private Action method(Mapping node) {
    YamlNode timesOut = node.value("times_out");
    if (timesOut instanceof Scalar scalar && scalar.text().equals("false")) {
      problems.add(
          scalar.line(), scalar.column(), "cannot use false as times_out", "write exits: 0");
    }
    return new Action.Method(
        operand(node, "service"),
        text(node, "method"),
        (int) number(node, "exits", 0),
        timesOut != null,
        (int) number(node, "times", 0));
  }

  // --- values, whose shapes were checked

  private Place place(YamlNode node) {
    return new Place(file, node.line(), node.column());
  }

  private Operand operand(Scalar scalar) {
    return new Operand(scalar.text(), place(scalar));
  }

  private Operand operand(Mapping mapping, String key) {
    return operand((Scalar) Objects.requireNonNull(mapping.value(key)));
  }

  private List<Operand> operands(Mapping mapping, String key) {
    YamlNode value = mapping.value(key);
    return value instanceof Scalar one
        ? List.of(operand(one))
        : items(value).stream().map(node -> operand((Scalar) node)).toList();
  }

  static List<YamlNode> items(@Nullable YamlNode node) {
    return node instanceof Sequence sequence ? sequence.items() : List.of();
  }

  static List<Entry> entries(@Nullable YamlNode node) {
    return node instanceof Mapping mapping ? mapping.entries() : List.of();
  }

  static String text(Mapping mapping, String key) {
    return mapping.value(key) instanceof Scalar scalar ? scalar.text() : "";
  }

  static double number(Mapping mapping, String key, double absent) {
    return mapping.value(key) instanceof Scalar scalar ? Double.parseDouble(scalar.text()) : absent;
  }

  static OptionalDouble seconds(Mapping mapping, String key) {
    return mapping.value(key) == null
        ? OptionalDouble.empty()
        : OptionalDouble.of(number(mapping, key, 0));
  }
}
