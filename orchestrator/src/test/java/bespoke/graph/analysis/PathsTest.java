package bespoke.graph.analysis;

import static bespoke.graph.Definitions.fmri;
import static bespoke.graph.Definitions.fmris;
import static org.assertj.core.api.Assertions.assertThat;

import bespoke.graph.Definitions;
import bespoke.graph.SampleGraphs;
import bespoke.model.InstanceFmri;
import bespoke.model.RestartOn;
import java.util.List;
import org.junit.jupiter.api.Test;

final class PathsTest {

  @Test
  void theShortestWayIsFound() {
    Paths paths = paths("A require_all B C", "B require_all D", "C require_all B", "D");
    assertThat(paths.shortest(fmri("A"), fmri("D")).map(PathsTest::ends)).contains(fmris("B D"));
    assertThat(paths.shortest(fmri("D"), fmri("A"))).isEmpty();
    assertThat(paths.shortest(fmri("A"), fmri("none"))).isEmpty();
  }

  @Test
  void theWayToItselfIsACycle() {
    Paths paths = paths("A require_all B", "B require_all A");
    assertThat(paths.shortest(fmri("A"), fmri("A")).map(PathsTest::ends)).contains(fmris("B A"));
  }

  @Test
  void allWaysAreFoundEachOnce() {
    Paths paths =
        paths("A require_all B C", "A optional_all B", "B require_all D", "C require_all B D", "D");
    assertThat(paths.simple(fmri("A"), fmri("D"), 100).stream().map(PathsTest::ends))
        .containsExactlyInAnyOrder(fmris("B D"), fmris("C B D"), fmris("C D"));
    assertThat(paths.simple(fmri("A"), fmri("D"), 2)).hasSize(2);
  }

  @Test
  void cyclesOnTheWayDoNotMatter() {
    Paths paths = paths("A require_all B", "B require_all C", "C require_all A D", "D");
    assertThat(paths.simple(fmri("A"), fmri("D"), 100).stream().map(PathsTest::ends))
        .containsExactly(fmris("B C D"));
  }

  @Test
  void aWayOfAHundredThousandStepsIsFoundBothWays() {
    Paths paths = new Paths(InstanceGraph.of(SampleGraphs.chain(100_000, RestartOn.NONE)));
    InstanceFmri top = SampleGraphs.fmri(99_999);
    assertThat(paths.shortest(top, SampleGraphs.fmri(0)).orElseThrow()).hasSize(99_999);
    assertThat(paths.simple(top, SampleGraphs.fmri(0), 5)).hasSize(1);
  }

  private static List<InstanceFmri> ends(List<Edge> path) {
    return path.stream().map(Edge::to).toList();
  }

  private static Paths paths(String... lines) {
    return new Paths(InstanceGraph.of(Definitions.of(lines)));
  }
}
