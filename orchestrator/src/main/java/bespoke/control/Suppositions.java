package bespoke.control;

import bespoke.api.ErrorKind;
import bespoke.model.Entity;
import bespoke.model.FileFmri;
import bespoke.model.Fmri;
import bespoke.model.InstanceFmri;
import bespoke.model.InstanceStatus;
import bespoke.plan.Supposition;
import bespoke.plan.WhatIf;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Reads the sentences of `svcgraph what-if`.
final class Suppositions {
  static final int SUPPOSITIONS_MAX = 100;

  private static final String FORMS =
      "it is one of: X fails, X dies, X disabled, X enabled, X restarts, X takes 2s [less|more],"
          + " file F vanishes, file F appears, edge A->B removed (each in quotes; F begins with /)";
  private static final Pattern FILE = Pattern.compile("file (/.+) (vanishes|appears)");
  private static final Pattern EDGE = Pattern.compile("edge (\\S+?) ?-> ?(\\S+) removed");
  private static final Pattern TAKES =
      Pattern.compile("(\\S+) takes ([0-9]{1,9}(?:\\.[0-9]{1,3})?) ?(ms|s|min)( less| more)?");
  private static final Pattern INSTANCE =
      Pattern.compile("(\\S+) (fails|dies|disabled|enabled|restarts)");

  private final Machine machine;

  Suppositions(Machine machine) {
    this.machine = machine;
  }

  /// @throws Configuration.RefusedException naming the first that cannot be understood
  List<Supposition> read(List<String> sentences) throws Configuration.RefusedException {
    if (sentences.isEmpty() || sentences.size() > SUPPOSITIONS_MAX) {
      throw invalid("Suppose something, and not more than " + SUPPOSITIONS_MAX + " things.");
    }
    List<Supposition> suppositions = new ArrayList<>();
    for (String sentence : sentences) {
      suppositions.add(read(sentence.strip().replaceAll("\\s+", " ")));
    }
    return suppositions;
  }

  private Supposition read(String sentence) throws Configuration.RefusedException {
    Matcher file = FILE.matcher(sentence);
    if (file.matches()) {
      return new Supposition.FileIs(new FileFmri(file.group(1)), file.group(2).equals("appears"));
    }
    Matcher edge = EDGE.matcher(sentence);
    if (edge.matches()) {
      return edge(edge.group(1), edge.group(2));
    }
    Matcher takes = TAKES.matcher(sentence);
    if (takes.matches()) {
      return takes(takes);
    }
    Matcher instance = INSTANCE.matcher(sentence);
    if (instance.matches()) {
      InstanceFmri fmri = instance(instance.group(1));
      return switch (instance.group(2)) {
        case "fails" -> new Supposition.Fails(fmri);
        case "dies" -> new Supposition.Dies(fmri);
        case "disabled" -> new Supposition.Enabled(fmri, false);
        case "enabled" -> new Supposition.Enabled(fmri, true);
        default -> new Supposition.Restarted(fmri);
      };
    }
    throw invalid("cannot suppose \"" + sentence + "\"; " + FORMS);
  }

  private Supposition takes(Matcher takes) throws Configuration.RefusedException {
    double unit =
        switch (takes.group(3)) {
          case "ms" -> 1;
          case "s" -> 1000;
          default -> 60_000;
        };
    Duration duration = Duration.ofMillis(Math.round(Double.parseDouble(takes.group(2)) * unit));
    String relative = Optional.ofNullable(takes.group(4)).orElse("");
    return new Supposition.Takes(
        instance(takes.group(1)),
        relative.equals(" less") ? duration.negated() : duration,
        !relative.isEmpty());
  }

  private Supposition edge(String from, String to) throws Configuration.RefusedException {
    InstanceFmri instance = instance(from);
    Entity target = to.startsWith("/") ? new FileFmri(to) : target(to);
    Optional<InstanceStatus> status = machine.status(instance);
    if (status.isEmpty() || !WhatIf.hasEdge(status.get().definition(), target)) {
      throw invalid("no dependency of " + instance + " names " + target + "; see svcs -d " + from);
    }
    return new Supposition.WithoutEdge(instance, target);
  }

  /// A dependency may name what does not exist, then only by its whole name.
  private Entity target(String operand) throws Configuration.RefusedException {
    boolean isKnown = !Operands.any(List.of(operand), machine.catalogue()).fmris().isEmpty();
    try {
      return isKnown ? instance(operand) : Fmri.parse(operand);
    } catch (IllegalArgumentException noName) {
      return instance(operand);
    }
  }

  private InstanceFmri instance(String operand) throws Configuration.RefusedException {
    Operands operands = Operands.unambiguous(List.of(operand), machine.catalogue());
    if (operands.refusal().isPresent()) {
      throw invalid(String.join("\n", operands.refusal().get().messages()));
    }
    if (operands.fmris().isEmpty()) {
      throw invalid("Pattern '" + operand + "' doesn't match any instances; svcs -a lists them");
    }
    if (operands.fmris().size() > 1) {
      throw invalid("\"" + operand + "\" means several instances; suppose it of each by its name");
    }
    return operands.fmris().getFirst();
  }

  private static Configuration.RefusedException invalid(String message) {
    return new Configuration.RefusedException(ErrorKind.INVALID, message);
  }
}
