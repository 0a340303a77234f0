package bespoke.manifest.yaml;

import bespoke.manifest.NearestName;
import bespoke.manifest.Problems;
import bespoke.manifest.yaml.Shape.Bounded;
import bespoke.manifest.yaml.Shape.Choice;
import bespoke.manifest.yaml.Shape.Either;
import bespoke.manifest.yaml.Shape.Field;
import bespoke.manifest.yaml.Shape.Fields;
import bespoke.manifest.yaml.Shape.Flag;
import bespoke.manifest.yaml.Shape.Group;
import bespoke.manifest.yaml.Shape.Items;
import bespoke.manifest.yaml.Shape.Named;
import bespoke.manifest.yaml.Shape.Rule;
import bespoke.manifest.yaml.Shape.Text;
import bespoke.manifest.yaml.YamlNode.Entry;
import bespoke.manifest.yaml.YamlNode.Kind;
import bespoke.manifest.yaml.YamlNode.Mapping;
import bespoke.manifest.yaml.YamlNode.Scalar;
import bespoke.manifest.yaml.YamlNode.Sequence;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Holds nodes against shapes and notes every difference.
final class ShapeCheck {

  private final Problems problems;
  private final GroupCheck groups;

  ShapeCheck(Problems problems) {
    this.problems = problems;
    this.groups = new GroupCheck(problems);
  }

  /// Checks a node.
  ///
  /// @param name of the value in messages, usually its key
  void check(YamlNode node, Shape shape, String name) {
    if (node instanceof Scalar scalar && scalar.kind() == Kind.REFUSED) {
      return;
    }
    switch (shape) {
      case Flag _ -> flag(node, name);
      case Choice choice -> choice(node, choice, name);
      case Bounded number -> number(node, number, name);
      case Text text -> text(node, text.format(), name);
      case Items items -> items(node, items, name);
      case Named named -> named(node, named, name);
      case Fields fields -> fields(node, fields, name);
      case Either either -> either(node, either, name);
      case Group _ -> groups.check(node, name);
    }
  }

  private void flag(YamlNode node, String name) {
    if (node instanceof Scalar scalar && scalar.kind() == Kind.BOOLEAN) {
      return;
    }
    boolean almost = node instanceof Scalar scalar && isAlmostFlag(scalar.text());
    wrong(node, name, "true or false", almost ? "YAML 1.2 knows only true and false" : "");
  }

  private static boolean isAlmostFlag(String text) {
    return List.of("yes", "no", "on", "off", "true", "false")
        .contains(text.toLowerCase(java.util.Locale.ROOT));
  }

  private void choice(YamlNode node, Choice choice, String name) {
    if (!(node instanceof Scalar scalar) || scalar.kind() == Kind.NULL) {
      wrong(node, name, "one word", NearestName.hint("", choice.words()));
    } else if (!choice.words().contains(scalar.text())) {
      problems.add(
          node.line(),
          node.column(),
          "cannot use \"" + scalar.text() + "\" as " + name,
          NearestName.hint(scalar.text(), choice.words()));
    }
  }

  private void number(YamlNode node, Bounded number, String name) {
    boolean isNumber =
        node instanceof Scalar scalar
            && (scalar.kind() == Kind.INTEGER
                || number.fractions() && scalar.kind() == Kind.DECIMAL);
    if (!isNumber) {
      wrong(node, name, number.fractions() ? "a number" : "a whole number", "");
      return;
    }
    String text = ((Scalar) node).text();
    double value = Double.parseDouble(text);
    int point = text.indexOf('.');
    if (value < number.min() || value > number.max()) {
      problems.add(
          node.line(),
          node.column(),
          "cannot use " + text + " as " + name,
          "use a number from " + plain(number.min()) + " to " + plain(number.max()));
    } else if (point >= 0 && text.length() - point > 10) {
      wrong(node, name, "a number with at most nine decimals", "");
    }
  }

  static String plain(double number) {
    return number == Math.rint(number) ? Long.toString((long) number) : Double.toString(number);
  }

  private void text(YamlNode node, Format format, String name) {
    if (!(node instanceof Scalar scalar) || scalar.kind() == Kind.NULL) {
      wrong(node, name, format.what(), "");
      return;
    }
    String fault = format.fault(scalar.text());
    if (fault != null) {
      String hint = fault.isEmpty() ? "use " + format.what() : fault;
      problems.add(
          node.line(),
          node.column(),
          "cannot use \"" + shortened(scalar.text()) + "\" as " + name,
          hint);
    }
  }

  private static String shortened(String text) {
    return text.length() <= 80 ? text : text.substring(0, 77) + "…";
  }

  private void items(YamlNode node, Items items, String name) {
    if (!(node instanceof Sequence sequence)) {
      wrong(node, name, "a list", "write [" + example(node) + "]");
      return;
    }
    if (sequence.items().size() < items.countMin()) {
      problems.add(node.line(), node.column(), "cannot use an empty list as " + name, "");
    }
    sequence.items().forEach(item -> check(item, items.item(), name));
  }

  private static String example(YamlNode node) {
    return node instanceof Scalar scalar && scalar.kind() != Kind.NULL
        ? shortened(scalar.text())
        : "…";
  }

  private void named(YamlNode node, Named named, String name) {
    if (!(node instanceof Mapping mapping)) {
      wrong(node, name, "a mapping (NAME: …)", "");
      return;
    }
    for (Entry entry : mapping.entries()) {
      if (!isQuicklyFine(entry.key(), named.keys())) {
        check(entry.key(), named.keys(), "a name in " + name);
      }
      check(entry.value(), named.value(), entry.key().text());
    }
  }

  /// Spares the usual case the making of a message.
  private static boolean isQuicklyFine(Scalar key, Shape keys) {
    return keys instanceof Text text && text.format().fault(key.text()) == null;
  }

  private void fields(YamlNode node, Fields fields, String name) {
    if (!(node instanceof Mapping mapping)) {
      wrong(node, name, "a mapping (key: value)", "");
      return;
    }
    for (Entry entry : mapping.entries()) {
      String key = entry.key().text();
      Field field = fields.fields().get(key);
      if (field == null) {
        unknownKey(entry.key(), fields, name);
      } else {
        check(entry.value(), field.shape(), key);
      }
    }
    for (Field field : fields.fields().values()) {
      if (field.isRequired() && mapping.value(field.key()) == null) {
        problems.add(
            node.line(),
            node.column(),
            "cannot do without the key \"" + field.key() + "\" in " + name,
            "add it: " + field.doc());
      }
    }
    fields.rules().forEach(rule -> rule(mapping, rule, name));
  }

  private void unknownKey(Scalar key, Fields fields, String name) {
    String nearest = NearestName.of(key.text(), fields.fields().keySet());
    problems.add(
        key.line(),
        key.column(),
        "cannot use the key \"" + shortened(key.text()) + "\" in " + name,
        nearest == null
            ? "its keys are " + String.join(", ", fields.fields().keySet())
            : "did you mean \"" + nearest + "\"?");
  }

  private void rule(Mapping mapping, Rule rule, String name) {
    switch (rule) {
      case Rule.ExactlyOne one -> {
        List<Scalar> given = given(mapping, one.keys());
        if (given.isEmpty()) {
          problems.add(
              mapping.line(),
              mapping.column(),
              "cannot do without one of " + String.join(", ", one.keys()) + " in " + name,
              "add one of them");
        }
        several(given, name);
      }
      case Rule.AtMostOne one -> several(given(mapping, one.keys()), name);
      case Rule.Needs needs -> {
        List<Scalar> given = given(mapping, List.of(needs.key()));
        if (!given.isEmpty() && given(mapping, needs.others()).isEmpty()) {
          problems.add(
              given.getFirst().line(),
              given.getFirst().column(),
              "cannot use " + needs.key() + " in " + name + " alone",
              "add " + String.join(" or ", needs.others()));
        }
      }
    }
  }

  private void several(List<Scalar> given, String name) {
    for (int i = 1; i < given.size(); i++) {
      Scalar key = given.get(i);
      problems.add(
          key.line(),
          key.column(),
          "cannot use both " + given.getFirst().text() + " and " + key.text() + " in " + name,
          "remove one of them");
    }
  }

  private static List<Scalar> given(Mapping mapping, List<String> keys) {
    List<Scalar> given = new ArrayList<>(1);
    for (Entry entry : mapping.entries()) {
      if (keys.contains(entry.key().text())) {
        given.add(entry.key());
      }
    }
    return given;
  }

  private void either(YamlNode node, Either either, String name) {
    Shape fitting = fitting(node, either);
    if (fitting == null) {
      wrong(node, name, "something else", "");
    } else {
      check(node, fitting, name);
    }
  }

  /// The alternative for the node's kind; the first one if there is none, so that its message tells
  /// what is expected.
  private static @Nullable Shape fitting(YamlNode node, Either either) {
    for (Shape shape : either.shapes()) {
      boolean fits =
          switch (shape) {
            case Items _ -> node instanceof Sequence;
            case Named _ -> node instanceof Mapping;
            case Fields _ -> node instanceof Mapping;
            case Group _ -> node instanceof Mapping;
            case Flag _ -> node instanceof Scalar;
            case Choice _ -> node instanceof Scalar;
            case Bounded _ -> node instanceof Scalar;
            case Text _ -> node instanceof Scalar;
            case Either _ -> false;
          };
      if (fits) {
        return shape;
      }
    }
    return either.shapes().isEmpty() ? null : either.shapes().getFirst();
  }

  private void wrong(YamlNode node, String name, String expected, String hint) {
    problems.add(
        node.line(),
        node.column(),
        "cannot use " + node.what() + " as " + name,
        hint.isEmpty() ? "use " + expected : "use " + expected + "; " + hint);
  }
}
