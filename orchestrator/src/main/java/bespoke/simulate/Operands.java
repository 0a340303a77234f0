package bespoke.simulate;

import bespoke.manifest.Problem;
import bespoke.manifest.scenario.Action;
import bespoke.manifest.scenario.Claim;
import bespoke.manifest.scenario.Expectation;
import bespoke.manifest.scenario.Operand;
import bespoke.manifest.scenario.Scenario;
import bespoke.manifest.scenario.Step;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// Finds the operands of a scenario that match nothing, so that no expectation holds by a typing
/// mistake.
final class Operands {
  private static final Set<String> MILESTONES = Set.of("all", "none");

  private final List<Operand> all = new ArrayList<>();

  private Operands() {}

  static List<Problem> unmatched(Scenario scenario, Stack stack) {
    Operands operands = new Operands();
    scenario.services().forEach(setting -> operands.all.add(setting.services()));
    scenario.claims().forEach(operands::claim);
    scenario.steps().forEach(operands::step);
    return operands.all.stream()
        .filter(operand -> stack.matching(operand).isEmpty())
        .map(stack::unmatched)
        .toList();
  }

  private void claim(Claim claim) {
    switch (claim) {
      case Claim.NoCycles _ -> {}
      case Claim.Requires(_, Operand services, Operand on) -> {
        all.add(services);
        all.add(on);
      }
      case Claim.DoesNotRequire(_, Operand services, Operand on) -> {
        all.add(services);
        all.add(on);
      }
      case Claim.ImpactAtMost(_, Operand of, _) -> all.add(of);
      case Claim.NoSinglePointOfFailure(_, _, var except) -> all.addAll(except);
    }
  }

  private void step(Step step) {
    switch (step.action()) {
      case Action.Boot _, Action.Wait _, Action.File _ -> {}
      case Action.Fails(Operand services) -> all.add(services);
      case Action.Method method -> all.add(method.services());
      case Action.Administer(_, Operand services) -> all.add(services);
      case Action.Milestone(Operand milestone) -> {
        if (!MILESTONES.contains(milestone.text())) {
          all.add(milestone);
        }
      }
    }
    step.expectations().forEach(this::expectation);
  }

  private void expectation(Expectation expectation) {
    switch (expectation) {
      case Expectation.State(_, Operand services, _) -> all.add(services);
      case Expectation.Never(_, Operand services, _) -> all.add(services);
      case Expectation.Reaches reaches -> all.add(reaches.services());
      case Expectation.Order(_, var services) -> all.addAll(services);
      case Expectation.Restarted(_, Operand services) -> all.add(services);
      case Expectation.NotRestarted(_, Operand services) -> all.add(services);
      case Expectation.Refreshed(_, Operand services) -> all.add(services);
      case Expectation.SettlesWithin _ -> {}
    }
  }
}
