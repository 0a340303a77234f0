package bespoke.bench;

import java.util.Collection;
import java.util.Map;
import java.util.TreeMap;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.CommandLineOptionException;
import org.openjdk.jmh.runner.options.CommandLineOptions;

/// Runs the benchmarks (JMH's options are understood) and prints each as a ratio to the floor that
/// was measured in the same run.
public final class Main {
  private Main() {}

  public static void main(String[] arguments) throws RunnerException, CommandLineOptionException {
    Collection<RunResult> results = new Runner(new CommandLineOptions(arguments)).run();
    Map<String, Double> floors = new TreeMap<>();
    for (RunResult result : results) {
      if (method(result).equals("floor")) {
        floors.put(group(result), result.getPrimaryResult().getScore());
      }
    }
    System.out.println();
    System.out.printf("%-60s %12s %-6s %10s%n", "BENCHMARK", "SCORE", "UNIT", "x FLOOR");
    for (RunResult result : results) {
      double score = result.getPrimaryResult().getScore();
      Double floor = floors.get(group(result));
      System.out.printf(
          "%-60s %12.1f %-6s %10s%n",
          group(result) + " " + method(result),
          score,
          result.getPrimaryResult().getScoreUnit(),
          floor == null ? "-" : "%.2f".formatted(score / floor));
    }
  }

  private static String method(RunResult result) {
    String name = result.getParams().getBenchmark();
    return name.substring(name.lastIndexOf('.') + 1);
  }

  private static String group(RunResult result) {
    String name = result.getParams().getBenchmark();
    String type = name.substring(0, name.lastIndexOf('.'));
    String services =
        result.getParams().getParamsKeys().contains("services")
            ? " " + result.getParams().getParam("services")
            : "";
    return type.substring(type.lastIndexOf('.') + 1) + services;
  }
}
