package bespoke.cli;

import static org.assertj.core.api.Assertions.assertThat;

import bespoke.api.BootChangeRecord;
import bespoke.api.BootStartRecord;
import bespoke.api.EdgeRecord;
import bespoke.api.FindingRecord;
import bespoke.api.GraphRequest;
import bespoke.api.ImpactRecord;
import bespoke.api.Outcome;
import bespoke.api.PathRecord;
import bespoke.api.PlanEffectRecord;
import bespoke.api.PlanRecord;
import bespoke.api.Reply;
import bespoke.api.Request;
import bespoke.api.VertexRecord;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import org.jgrapht.Graph;
import org.jgrapht.graph.DefaultEdge;
import org.jgrapht.graph.DirectedPseudograph;
import org.jgrapht.nio.dot.DOTImporter;
import org.jgrapht.util.SupplierUtil;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Document;
import org.xml.sax.InputSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class SvcgraphTest {

  private static final List<VertexRecord> VERTICES =
      List.of(
          vertex("svc:/t/web:default", "offline", "a \"web\" <server> & more"),
          vertex("svc:/t/app:default", "online", ""),
          vertex("svc:/t/db:default", "online", ""),
          vertex("svc:/t/old:default", "disabled", ""));

  private static final List<EdgeRecord> EDGES =
      List.of(
          edge("svc:/t/web:default", "svc:/t/app:default", "require_all"),
          edge("svc:/t/app:default", "svc:/t/db:default", "require_any"),
          edge("svc:/t/web:default", "svc:/t/db:default", "optional_all"),
          edge("svc:/t/web:default", "svc:/t/old:default", "exclude_all"),
          edge("svc:/t/db:default", "file://localhost/etc/db.conf", "require_all"));

  @TempDir Path root;
  private FakeDaemon daemon;
  private Shell shell;

  @BeforeEach
  void start() throws IOException {
    daemon = new FakeDaemon(root);
    shell = new Shell(root);
    List<Reply> graph = new ArrayList<>();
    graph.addAll(VERTICES);
    graph.addAll(EDGES);
    graph.add(Outcome.OK);
    daemon.answering(request -> graph);
  }

  @AfterEach
  void stop() throws IOException {
    daemon.close();
  }

  private void answerStarts() {
    daemon.answering(request ->
        List.of(
            new BootStartRecord("svc:/t/a<b:default", 0, 100, 0, 300, 0, false, true),
            new BootStartRecord("svc:/t/db:default", 0, 400, 5, 0, 300, true, true),
            new BootStartRecord("svc:/t/web:default", 400, 600, 0, 0, 600, true, false),
            Outcome.OK));
  }

  @Test
  void aTimelineShowsTheStartTheSlackAndTheCriticalPath() {
    answerStarts();
    List<String> lines = shell.run("svcgraph timeline").out().lines().toList();
    assertThat(lines.get(0)).startsWith("|=====---------------  ").endsWith("t/a<b:default");
    assertThat(lines.get(1)).startsWith("|####################  ");
    assertThat(lines.get(2)).startsWith("|                    ###").endsWith("(a guess)");
    assertThat(lines.getLast()).isEqualTo("1000 ms in all");
  }

  @Test
  void aTimelineIsDrawnAsXml() throws Exception {
    answerStarts();
    String svg = shell.run("svcgraph timeline --predict --format svg").out();
    Document document =
        DocumentBuilderFactory.newInstance()
            .newDocumentBuilder()
            .parse(new InputSource(new StringReader(svg)));
    assertThat(document.getElementsByTagName("text").getLength()).isEqualTo(4);
  }

  @Test
  void thePredictedCriticalPathNamesWhatToShortenFirst() {
    answerStarts();
    assertThat(shell.run("svcgraph critical-path --predict").out())
        .startsWith("The next boot is predicted to take 1000 ms.\n1 service was never seen")
        .doesNotContain("t/a<b")
        .endsWith(
            "Shorten first: svc:/t/web:default (at most 60 %), svc:/t/db:default (at most 30"
                + " %).\n");
  }

  @Test
  void whatAStartWillTakeIsAskedOfTheDaemonAsItWasTyped() {
    List<Request> asked = new ArrayList<>();
    daemon.answering(request -> {
      asked.add(request);
      return List.of(Outcome.OK);
    });
    shell.run("svcgraph timeline --cores 2 --takes db=200 --takes web=3");
    assertThat(asked)
        .containsExactly(new GraphRequest.Timeline(true, 2, List.of("db=200", "web=3")));
  }

  @Test
  void noCoresAreRefusedBeforeAnythingIsAsked() {
    Shell.Result result = shell.run("svcgraph timeline --cores 0");
    assertThat(result.status()).isEqualTo(ExitStatus.USAGE);
    assertThat(result.err()).contains("--cores needs a number from 1 to 4096, not \"0\"");
  }

  @Test
  void dotIsReadBackByAnotherReader() {
    Graph<String, DefaultEdge> graph =
        new DirectedPseudograph<>(
            SupplierUtil.createStringSupplier(), SupplierUtil.DEFAULT_EDGE_SUPPLIER, false);
    String dot = export("dot", "--states");
    new DOTImporter<String, DefaultEdge>().importGraph(graph, new StringReader(dot));
    assertThat(graph.vertexSet()).hasSize(5);
    assertThat(graph.edgeSet()).hasSize(5);
    assertThat(dot).contains("t/web:default (offline)").contains("dashed");
  }

  @Test
  void graphmlAndGexfAreWellFormedAndComplete() throws Exception {
    Document graphml = xml(export("graphml", "--states"));
    assertThat(graphml.getElementsByTagName("node").getLength()).isEqualTo(5);
    assertThat(graphml.getElementsByTagName("edge").getLength()).isEqualTo(5);
    assertThat(graphml.getDocumentElement().getTextContent())
        .contains("a \"web\" <server> & more", "exclude_all", "offline");
    Document gexf = xml(export("gexf"));
    assertThat(gexf.getElementsByTagName("node").getLength()).isEqualTo(5);
    assertThat(gexf.getElementsByTagName("edge").getLength()).isEqualTo(5);
  }

  @Test
  void svgIsAWellFormedPictureOfEveryVertexAndEdge() throws Exception {
    Document svg = xml(export("svg", "--states"));
    assertThat(svg.getDocumentElement().getTagName()).isEqualTo("svg");
    assertThat(svg.getElementsByTagName("g").getLength()).isEqualTo(5);
    assertThat(svg.getDocumentElement().getTextContent())
        .contains("t/web:default", "offline", "a \"web\" <server> & more", "require_any");
  }

  @Test
  void jsonIsReadBackByAnotherReader() {
    JsonNode graph = new JsonMapper().readTree(export("json"));
    assertThat(graph.get("vertices").size()).isEqualTo(5);
    assertThat(graph.get("edges").get(0).get("grouping").asString()).isEqualTo("require_all");
  }

  @Test
  void mermaidNamesEveryVertexOnceAndEveryEdge() {
    String mermaid = export("mermaid", "--states");
    assertThat(mermaid)
        .startsWith("flowchart LR\n  n0[\"t/web:default<br/>offline\"]:::offline\n")
        .contains("  n0 --> n1\n", "  n1 -.->|any| n2\n", "  n0 --x|excludes| n3\n")
        .contains("classDef maintenance ");
  }

  @Test
  void reductionLeavesOutWhatOtherEdgesImplyButKeepsExclusions() {
    JsonNode graph = new JsonMapper().readTree(export("json", "--reduce"));
    List<String> groupings = new ArrayList<>();
    graph.get("edges").forEach(edge -> groupings.add(edge.get("grouping").asString()));
    assertThat(groupings)
        .containsExactly("require_all", "require_any", "exclude_all", "require_all");
  }

  @Test
  void aCyclicGraphIsDrawnButNotReduced() throws Exception {
    daemon.answering(request ->
        List.of(
            edge("svc:/t/a:x", "svc:/t/b:x", "require_all"),
            edge("svc:/t/b:x", "svc:/t/a:x", "require_all"),
            edge("svc:/t/a:x", "svc:/t/a:x", "require_all"),
            Outcome.OK));
    Shell.Result result = shell.run("svcgraph export --format svg --reduce");
    assertThat(result.err()).contains("the graph has cycles");
    assertThat(xml(result.out()).getElementsByTagName("g").getLength()).isEqualTo(2);
  }

  @Test
  void anUnknownFormatIsAUsageErrorThatNamesAllFormats() {
    Shell.Result result = shell.run("svcgraph export --format svgg");
    assertThat(result.status()).isEqualTo(2);
    assertThat(result.err())
        .contains("dot, graphml, gexf, json, mermaid, svg")
        .contains("mean svg");
  }

  @Test
  void impactTellsTheEffectOnEachInstance() {
    daemon.answering(request ->
        List.of(
            new ImpactRecord("svc:/t/web:default", "restarts", "svc:/t/db:default", "because"),
            Outcome.OK));
    assertThat(shell.run("svcgraph impact db").out())
        .isEqualTo("restarts  svc:/t/web:default  because\n");
    assertThat(shell.run("svcgraph impact --json db").out()).startsWith("{\"impacts\":[{");
    assertThat(shell.run("svcgraph impact").status()).isEqualTo(2);
  }

  @Test
  void impactOfAnOccurrenceAsksForJustThat() {
    daemon.answering(request -> List.of(Outcome.OK));
    shell.run("svcgraph impact --when failed db");
    shell.run("svcgraph impact db");
    assertThat(daemon.requests())
        .containsExactly(
            new GraphRequest.Impact("db", "failed"), new GraphRequest.Impact("db", ""));
    assertThat(shell.run("svcgraph impact --when failed").status()).isEqualTo(2);
  }

  @Test
  void whatFollowsFromASuppositionIsToldInWavesAndForTheNextBoot() {
    PlanEffectRecord stop =
        new PlanEffectRecord(
            2,
            "svc:/t/db:default",
            "stop",
            "online",
            "offline",
            900,
            "it died",
            List.of(),
            "no",
            true);
    daemon.answering(request ->
        List.of(
            stop,
            new PlanRecord("", 900, true, false, false, "", false, ""),
            new BootChangeRecord(4400, 3400),
            Outcome.OK));
    assertThat(shell.run(List.of("svcgraph", "what-if", "db fails", "db takes 1s less")).out())
        .isEqualTo(
            """
            wave 1
              stop     svc:/t/db:default  online -> offline  it died
                       cannot run then: no
            1 stops, 1 cannot run then within about 900 ms. Not everything would come to rest.
            The next boot would take 3.4 s instead of 4.4 s: 1.0 s less.
            """);
    assertThat(daemon.requests())
        .containsExactly(new GraphRequest.WhatIf(List.of("db fails", "db takes 1s less")));
    assertThat(shell.run(List.of("svcgraph", "what-if", "--json", "db fails")).out())
        .contains("\"boots\":[{\"before_ms\":4400,\"after_ms\":3400}]");
    assertThat(shell.run("svcgraph what-if").err()).contains("such as 'db fails'");
  }

  @Test
  void aPathIsPrintedEdgeByEdgeAndItsAbsenceIsAFailure() {
    daemon.answering(
        request -> List.of(new PathRecord(List.of(EDGES.get(0), EDGES.get(1))), Outcome.OK));
    assertThat(shell.run("svcgraph path web db").out())
        .isEqualTo(
            """
            svc:/t/web:default
              -> svc:/t/app:default  require_all/none "d" at t.yaml:1:2
              -> svc:/t/db:default  require_any/none "d" at t.yaml:1:2
            """);
    daemon.answering(request -> List.of(Outcome.OK));
    assertThat(shell.run("svcgraph path db web"))
        .isEqualTo(new Shell.Result(1, "", "svcgraph: db does not depend on web\n"));
  }

  @Test
  void cyclesAndErrorsOfTheCheckAreFailures() {
    assertThat(shell.run("svcgraph cycles").status()).isZero();
    daemon.answering(request -> List.of(new PathRecord(List.of(EDGES.get(0))), Outcome.OK));
    assertThat(shell.run("svcgraph cycles").status()).isEqualTo(1);
    daemon.answering(request ->
        List.of(
            new FindingRecord(
                "error", "missing-dependency", "svc:/t/a:x", "needs nothing", "a.yaml:3:1"),
            Outcome.OK));
    assertThat(shell.run("svcgraph check"))
        .isEqualTo(
            new Shell.Result(
                1, "a.yaml:3:1: error: svc:/t/a:x: needs nothing [missing-dependency]\n", ""));
  }

  private String export(String format, String... options) {
    List<String> words = new ArrayList<>(List.of("svcgraph", "export", "--format", format));
    words.addAll(List.of(options));
    Shell.Result result = shell.run(words);
    assertThat(result.err()).isEmpty();
    assertThat(result.status()).isZero();
    return result.out();
  }

  private static Document xml(String text) throws Exception {
    return DocumentBuilderFactory.newInstance()
        .newDocumentBuilder()
        .parse(new InputSource(new StringReader(text)));
  }

  private static VertexRecord vertex(String fmri, String state, String name) {
    return new VertexRecord(fmri, "instance", state, "", true, name);
  }

  private static EdgeRecord edge(String from, String to, String grouping) {
    return new EdgeRecord(from, to, "d", grouping, "none", "t.yaml:1:2");
  }
}
