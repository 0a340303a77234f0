package bespoke.control;

import bespoke.api.ErrorKind;
import bespoke.api.OperandMatcher;
import bespoke.model.Fmri;
import bespoke.model.InstanceFmri;
import bespoke.model.ServiceFmri;
import java.util.List;
import java.util.Optional;

/// The services and instances that the operands of `svccfg` and `svcprop` mean.
final class Entities {
  private final Machine machine;
  private final Configuration configuration;

  Entities(Machine machine, Configuration configuration) {
    this.machine = machine;
    this.configuration = configuration;
  }

  /// An exact service means the service itself; otherwise instances.
  List<Fmri> matching(String operand) {
    OperandMatcher.Match match = new OperandMatcher(machine.catalogue()).match(operand);
    if (match.kind() == OperandMatcher.Kind.SERVICE) {
      return List.of(Fmri.parse(OperandMatcher.canonical(operand)));
    }
    if (match.fmris().isEmpty()) {
      return service(operand).<List<Fmri>>map(List::of).orElse(List.of());
    }
    return match.fmris().stream().<Fmri>map(InstanceFmri::parse).toList();
  }

  /// A service without instances is not in the catalogue.
  private Optional<Fmri> service(String operand) {
    try {
      return Fmri.parse(operand) instanceof ServiceFmri service
              && configuration.names(Optional.empty()).contains(service.service())
          ? Optional.of(service)
          : Optional.empty();
    } catch (IllegalArgumentException notAnFmri) {
      return Optional.empty();
    }
  }

  /// Whether there is no such service or instance.
  boolean isUnknown(Fmri fmri) {
    return switch (fmri) {
      case InstanceFmri instance -> !machine.catalogue().hasInstance(instance.toString());
      case ServiceFmri service ->
          machine.instancesOf(service).isEmpty() && service(service.toString()).isEmpty();
    };
  }

  /// Exactly one service or instance.
  Fmri one(String operand) throws Configuration.RefusedException {
    List<Fmri> entities = matching(operand);
    if (entities.isEmpty()) {
      throw Attempts.refused(
          ErrorKind.NOT_FOUND, "Pattern '" + operand + "' doesn't match any entities");
    }
    if (entities.size() > 1) {
      StringBuilder message =
          new StringBuilder("Pattern '" + operand + "' matches multiple instances:");
      entities.forEach(entity -> message.append("\n\t").append(entity));
      throw Attempts.refused(ErrorKind.AMBIGUOUS, message.toString());
    }
    return entities.getFirst();
  }

  /// An FMRI in full.
  static Fmri parse(String text) throws Configuration.RefusedException {
    try {
      return Fmri.parse(text);
    } catch (IllegalArgumentException e) {
      throw Attempts.refused(
          ErrorKind.BAD_REQUEST, "cannot read \"" + text + "\": " + e.getMessage());
    }
  }
}
