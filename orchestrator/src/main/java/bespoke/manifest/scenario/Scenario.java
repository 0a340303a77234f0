package bespoke.manifest.scenario;

import java.util.List;

/// One scenario.
///
/// @param name a line
/// @param seed where chance begins
/// @param runs how often it is run, each time with the next seed
/// @param jitterPercent how far durations vary by chance, 0 to 100
/// @param services how services behave; the last one that matches decides
/// @param files the paths that exist at the beginning
/// @param claims about the graph alone
/// @param steps in order
public record Scenario(
    String name,
    long seed,
    int runs,
    double jitterPercent,
    List<ServiceSetting> services,
    List<String> files,
    List<Claim> claims,
    List<Step> steps) {
  public Scenario {
    services = List.copyOf(services);
    files = List.copyOf(files);
    claims = List.copyOf(claims);
    steps = List.copyOf(steps);
  }
}
