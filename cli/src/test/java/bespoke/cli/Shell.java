package bespoke.cli;

import bespoke.api.listing.LocalZone;
import bespoke.api.listing.Times;
import bespoke.cli.client.EarlyConnection;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Runs commands in this JVM as a person would: on 2026-03-10 at 12:00 UTC.
final class Shell {

  static final Instant NOW = Instant.parse("2026-03-10T12:00:00Z");

  private static final Times.Zone UTC = LocalZone.of("UTC", Path.of("/nonexistent"));

  private final Path root;
  private final Map<String, String> environment = new HashMap<>();
  private Times.Zone zone = UTC;
  private boolean terminal;
  private String input = "";

  Shell(Path root) {
    this.root = root;
  }

  /// The zone is known, so that the daemon can make the table of `svcs`.
  Shell withTables() {
    zone = UTC;
    return this;
  }

  /// The daemon cannot know the zone and sends records.
  Shell withoutTables() {
    zone = second -> 0;
    return this;
  }

  /// What a command left behind.
  record Result(int status, String out, String err) {}

  Shell onTerminal() {
    terminal = true;
    return this;
  }

  Shell environment(String name, String value) {
    environment.put(name, value);
    return this;
  }

  Shell input(String text) {
    input = text;
    return this;
  }

  /// Runs a command line on a terminal at which this is typed.
  Result onTerminal(String line, String typed) {
    terminal = true;
    input = typed;
    try {
      return run(line);
    } finally {
      terminal = false;
    }
  }

  /// Runs a command line whose words have no blanks in them.
  Result run(String line) {
    return run(Arrays.asList(line.split(" ")));
  }

  Result run(List<String> words) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    Console console =
        new Console(
            new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8)),
            new PrintStream(out, true, StandardCharsets.UTF_8),
            new PrintStream(err, true, StandardCharsets.UTF_8),
            terminal,
            terminal,
            environment,
            InstantSource.fixed(NOW),
            zone);
    Root at = new Root(root, false);
    try (EarlyConnection early = EarlyConnection.begin(at.socket())) {
      int status = Main.run(words.getFirst(), words.subList(1, words.size()), at, console, early);
      return new Result(
          status, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }
  }
}
