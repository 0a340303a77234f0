package bespoke.manifest.compose;

import bespoke.manifest.Fidelity;
import bespoke.model.Origin;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Reads typed values out of nodes, with variables replaced; what does not fit is a problem at its
/// place.
final class Reading {
  private final Report report;
  private final Interpolation interpolation;

  Reading(Report report, Interpolation interpolation) {
    this.report = report;
    this.interpolation = interpolation;
  }

  Report report() {
    return report;
  }

  /// The text of a scalar.
  Optional<String> text(@Nullable Node node) {
    return switch (node) {
      case Node.Scalar scalar ->
          scalar.isNull()
              ? Optional.empty()
              : Optional.of(interpolation.replace(scalar.text(), listener(scalar.at())));
      case Node.Items items -> {
        report.problem(items.at(), "cannot use a list here", "write one value");
        yield Optional.empty();
      }
      case Node.Fields fields -> {
        report.problem(fields.at(), "cannot use a mapping here", "write one value");
        yield Optional.empty();
      }
      case null -> Optional.empty();
    };
  }

  /// What is known of `.env`.
  Map<String, String> variables() {
    return interpolation.variables();
  }

  /// Puts what is said about variables into the report.
  Interpolation.Listener listener(Origin.File at) {
    return new Interpolation.Listener() {
      @Override
      public void problem(String message, String hint) {
        report.problem(at, message, hint);
      }

      @Override
      public void unset(String name) {
        report.note(
            Fidelity.APPROXIMATED,
            at,
            "${" + name + "}",
            "has no value in .env, so nothing stands in its place");
      }
    };
  }

  /// One text or a list of texts.
  List<String> texts(@Nullable Node node) {
    if (node instanceof Node.Items(List<Node> list, Origin.File _, boolean _)) {
      List<String> all = new ArrayList<>();
      list.forEach(item -> text(item).ifPresent(all::add));
      return all;
    }
    return text(node).map(List::of).orElse(List.of());
  }

  boolean flag(@Nullable Node node, boolean absent) {
    Optional<String> text = text(node);
    if (text.isEmpty()) {
      return absent;
    }
    return switch (text.get()) {
      case "true", "yes", "on" -> true;
      case "false", "no", "off" -> false;
      default -> {
        if (node != null) {
          report.problem(node.at(), "cannot read \"" + text.get() + "\" as true or false", "");
        }
        yield absent;
      }
    };
  }

  /// `NAME: value` or `- NAME=value`; one without a value has none.
  Map<String, Optional<String>> pairs(@Nullable Node node) {
    Map<String, Optional<String>> pairs = new LinkedHashMap<>();
    switch (node) {
      case Node.Fields fields ->
          fields.map().forEach((name, value) -> pairs.put(name, text(value)));
      case Node.Items items -> {
        for (String item : texts(items)) {
          int equals = item.indexOf('=');
          pairs.put(
              equals < 0 ? item : item.substring(0, equals),
              equals < 0 ? Optional.empty() : Optional.of(item.substring(equals + 1)));
        }
      }
      case Node.Scalar scalar -> {
        if (!scalar.isNull()) {
          report.problem(scalar.at(), "cannot use one value here", "write a mapping or a list");
        }
      }
      case null -> {}
    }
    return pairs;
  }

  /// The words of a command; a text is split as a shell would.
  Optional<List<String>> command(@Nullable Node node) {
    if (node instanceof Node.Scalar scalar && !scalar.isNull()) {
      Optional<List<String>> words = text(scalar).flatMap(Words::split);
      if (words.isEmpty()) {
        report.problem(scalar.at(), "cannot find the end of a quoted text", "");
      }
      return words.filter(list -> !list.isEmpty());
    }
    return Optional.of(texts(node)).filter(list -> !list.isEmpty());
  }

  Optional<String> seconds(@Nullable Node node) {
    Optional<String> text = text(node);
    Optional<String> seconds = text.flatMap(Quantities::seconds);
    if (text.isPresent() && seconds.isEmpty() && node != null) {
      report.problem(
          node.at(), "cannot read \"" + text.get() + "\" as a duration", "one is like 1m30s");
    }
    return seconds;
  }

  Optional<String> number(@Nullable Node node, long min, long max) {
    Optional<String> text = text(node);
    if (text.isEmpty() || node == null) {
      return Optional.empty();
    }
    boolean fits =
        text.get().matches("-?[0-9]{1,15}")
            && Long.parseLong(text.get()) >= min
            && Long.parseLong(text.get()) <= max;
    if (!fits) {
      report.problem(
          node.at(),
          "cannot use \"" + text.get() + "\": a number from " + min + " to " + max + " is expected",
          "");
      return Optional.empty();
    }
    return text;
  }
}
