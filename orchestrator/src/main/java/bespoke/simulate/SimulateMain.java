package bespoke.simulate;

import bespoke.manifest.ManifestBundle;
import bespoke.manifest.Manifests;
import bespoke.manifest.Problem;
import bespoke.manifest.scenario.Scenario;
import bespoke.manifest.yaml.JsonSchema;
import bespoke.manifest.yaml.ScenarioReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// The program `svcgraph simulate`.
///
/// Exit status: 0 when everything holds, 1 when something does not, 2 when the options, a manifest
/// or a scenario are wrong.
public final class SimulateMain {
  static final int EXIT_OK = 0;
  static final int EXIT_FAILED = 1;
  static final int EXIT_WRONG = 2;

  private final PrintStream out;
  private final PrintStream err;
  private final List<Problem> problems = new ArrayList<>();

  SimulateMain(PrintStream out, PrintStream err) {
    this.out = out;
    this.err = err;
  }

  /// Runs the program.
  ///
  /// @param arguments what stands after `simulate`
  public static void main(String[] arguments) {
    PrintStream out = new PrintStream(System.out, false, StandardCharsets.UTF_8);
    int status = new SimulateMain(out, System.err).run(List.of(arguments));
    out.flush();
    Runtime.getRuntime().halt(status);
  }

  int run(List<String> arguments) {
    try {
      SimulateOptions options = SimulateOptions.read(arguments);
      if (options.help() || options.schema()) {
        out.print(options.help() ? SimulateOptions.USAGE : JsonSchema.scenarios());
        return EXIT_OK;
      }
      return run(options);
    } catch (SimulateOptions.UsageException e) {
      err.println("svcgraph: " + e.getMessage());
      err.print(SimulateOptions.USAGE);
      return EXIT_WRONG;
    }
  }

  private int run(SimulateOptions options) {
    ManifestBundle bundle = Manifests.load(options.manifests());
    problems.addAll(bundle.problems());
    Stack stack = new Stack(bundle.services());
    if (problems.isEmpty() && stack.size() == 0) {
      problems.add(
          new Problem(
              options.manifests().getFirst().toString(),
              1,
              1,
              "cannot find a service",
              "name a directory with manifests"));
    }
    List<Scenario> scenarios = new ArrayList<>();
    options.scenarios().forEach(file -> scenarios.addAll(read(file)));
    if (problems.isEmpty()) {
      scenarios.forEach(scenario -> problems.addAll(Operands.unmatched(scenario, stack)));
    }
    if (!problems.isEmpty()) {
      problems.forEach(problem -> err.println("svcgraph: " + problem));
      return EXIT_WRONG;
    }
    List<ScenarioRun.Result> results = new ArrayList<>();
    for (Scenario scenario : scenarios) {
      long first = options.seed().orElse(scenario.seed());
      int runs = options.runs().orElse(scenario.runs());
      for (long seed = first; seed < first + runs; seed++) {
        results.add(ScenarioRun.run(stack, scenario, seed));
      }
    }
    Report report = new Report(results);
    out.print(options.json() ? report.json() : report.text(options.verbose()));
    return report.holds() ? EXIT_OK : EXIT_FAILED;
  }

  private List<Scenario> read(Path file) {
    try (InputStream in = Files.newInputStream(file)) {
      byte[] bytes = in.readNBytes(ScenarioReader.BYTES_MAX + 1);
      ScenarioReader.Result result = ScenarioReader.read(file.toString(), bytes);
      problems.addAll(result.problems());
      return result.scenarios();
    } catch (IOException e) {
      problems.add(
          new Problem(
              file.toString(), 1, 1, "cannot read it: " + e.getMessage(), "check the name"));
      return List.of();
    }
  }
}
