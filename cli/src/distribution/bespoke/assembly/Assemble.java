package bespoke.assembly;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/// Finds a JDK 25 and lets it put the distribution together: `java Assemble.java TARGET JARS
/// PICOCLI_SOURCES SOURCE SERVICES`. Run by `package`.
///
/// Maven may call the `java` of the path though it compiles with another. So this file needs no
/// other and nothing that an older Java does not know.
public final class Assemble {
  private static final String PROGRAM = "/bespoke/assembly/Distribution.java";

  private Assemble() {}

  /// Exits as the program that it runs, or with 1 when there is no JDK 25.
  public static void main(String[] arguments) throws IOException, InterruptedException {
    List<Path> candidates = new ArrayList<>();
    candidates.add(Path.of(System.getProperty("java.home")));
    candidates.add(Path.of(System.getenv().getOrDefault("JAVA_HOME", "/nonexistent")));
    for (String place : List.of("/usr/lib/jvm", "/opt")) {
      if (Files.isDirectory(Path.of(place))) {
        try (Stream<Path> homes = Files.list(Path.of(place))) {
          homes.sorted().forEach(candidates::add);
        }
      }
    }
    for (Path home : candidates) {
      Path release = home.resolve("release");
      if (Files.isReadable(release) && Files.readString(release).contains("JAVA_VERSION=\"25")) {
        List<String> command = new ArrayList<>();
        command.add(home.resolve("bin/java").toString());
        command.add(arguments[3] + PROGRAM);
        command.addAll(List.of(arguments));
        System.exit(new ProcessBuilder(command).inheritIO().start().waitFor());
      }
    }
    System.err.println("cannot find a JDK 25; set JAVA_HOME to one");
    System.exit(1);
  }
}
