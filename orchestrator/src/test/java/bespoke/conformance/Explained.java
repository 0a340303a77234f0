package bespoke.conformance;

import static bespoke.engine.House.fmri;

import bespoke.engine.House;
import bespoke.explain.Explainer;
import bespoke.explain.Facts;
import bespoke.explain.Reason;
import bespoke.model.InstanceFmri;
import java.util.List;

/// What svcs(1) `-x` says about a house where no file exists.
final class Explained {
  private Explained() {}

  static Explainer house(House house) {
    return new Explainer(
        new Facts(
            house.simulation().engine().statuses(), file -> false, InstanceFmri::logFileName));
  }

  static List<String> reasons(House house, String name) {
    return house(house).explain(fmri(name)).orElseThrow().reasons().stream()
        .map(Reason::text)
        .toList();
  }

  static List<String> details(House house, String name) {
    return house(house).explain(fmri(name)).orElseThrow().reasons().stream()
        .flatMap(reason -> reason.details().stream())
        .toList();
  }
}
