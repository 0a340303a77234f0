package bespoke.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The launcher script, with JDKs whose `java` only prints its arguments.
class LauncherTest {

  @TempDir Path scratch;
  private Path home;
  private Path jdk;

  @BeforeEach
  void distribution() throws IOException {
    home = scratch.resolve("a place with blanks/bespoke");
    jdk = jdk("25.0.3");
    Files.createDirectories(home.resolve("lib/archive"));
    for (String jar : List.of("cli", "orchestrator", "picocli")) {
      Files.writeString(home.resolve("lib/" + jar + ".jar"), "");
    }
    for (String name : List.of("svcs", "svcgraph", "svc.startd")) {
      script(home.resolve("bin/" + name), Files.readString(source()));
    }
  }

  private static Path source() {
    Path here = Path.of("src/distribution/launcher");
    return Files.exists(here) ? here : Path.of("cli/src/distribution/launcher");
  }

  private Path jdk(String version) throws IOException {
    Path directory = scratch.resolve("jdk-" + version);
    script(directory.resolve("bin/java"), "#!/bin/sh\nprintf '%s\\n' \"$@\"\n");
    Files.writeString(
        directory.resolve("release"),
        "IMPLEMENTOR=\"Some Body\"\nJAVA_RUNTIME_VERSION=\""
            + version
            + "+9\"\nJAVA_VERSION=\""
            + version
            + "\"\nOS_ARCH=\"x86_64\"\n");
    return directory;
  }

  private static void script(Path file, String text) throws IOException {
    Path directory = file.getParent();
    if (directory != null) {
      Files.createDirectories(directory);
    }
    Files.writeString(file, text);
    assertThat(file.toFile().setExecutable(true)).isTrue();
  }

  private record Run(int status, List<String> out, String err) {}

  private Run run(Path command, Path javaHome, String... arguments) throws Exception {
    List<String> words = new ArrayList<>(List.of(command.toString()));
    words.addAll(List.of(arguments));
    Path err = scratch.resolve("err");
    ProcessBuilder builder = new ProcessBuilder(words).redirectError(err.toFile());
    builder.environment().put("JAVA_HOME", javaHome.toString());
    builder.environment().put("BESPOKE_MAKE_ARCHIVES", "never");
    Process process = builder.start();
    String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return new Run(process.waitFor(), out.lines().toList(), Files.readString(err));
  }

  @Test
  void aCommandGetsItsNameAndArgumentsAsTheyAre() throws Exception {
    Run run = run(home.resolve("bin/svcs"), jdk, "-o", "a b", "", "*");
    assertThat(run.out()).endsWith("bespoke.cli.Main", "svcs", "-o", "a b", "", "*");
    assertThat(run.out())
        .contains(
            "-Xlog:disable",
            "-Xshare:auto",
            home + "/lib/cli.jar:" + home + "/lib/orchestrator.jar:" + home + "/lib/picocli.jar");
    assertThat(run.err()).isEmpty();
  }

  @Test
  void theSimulatorRunsWithAllJarsAndWithoutADaemon() throws Exception {
    Files.writeString(home.resolve("lib/other.jar"), "");
    Run run = run(home.resolve("bin/svcgraph"), jdk, "simulate", "--scenario", "a b");
    assertThat(run.out()).endsWith("bespoke.simulate.SimulateMain", "--scenario", "a b");
    assertThat(run.out()).anyMatch(word -> word.endsWith("/lib/other.jar"));
    assertThat(run(home.resolve("bin/svcgraph"), jdk, "check").out())
        .endsWith("bespoke.cli.Main", "svcgraph", "check");
  }

  @Test
  void theDaemonHasFlagsOfItsOwnAndAllJars() throws Exception {
    Files.writeString(home.resolve("lib/other.jar"), "");
    Run run = run(home.resolve("bin/svc.startd"), jdk, "--root", "/r");
    assertThat(run.out()).endsWith("bespoke.daemon.SvcStartd", "--root", "/r");
    assertThat(run.out())
        .contains("--enable-native-access=ALL-UNNAMED", "-XX:+UseCompactObjectHeaders", "-Xmx512m");
    assertThat(run.out())
        .anyMatch(word -> word.endsWith("/lib/other.jar:" + home + "/lib/picocli.jar"));
  }

  @Test
  void theDistributionIsFoundThroughSymbolicLinks() throws Exception {
    Path first = Files.createSymbolicLink(scratch.resolve("svcs"), home.resolve("bin/svcs"));
    Path bin = Files.createDirectories(scratch.resolve("usr/bin"));
    Path second = Files.createSymbolicLink(bin.resolve("svcs"), Path.of("../../svcs"));
    assertThat(run(first, jdk).out()).contains("-Dbespoke.home=" + home);
    assertThat(run(second, jdk).out()).contains("-Dbespoke.home=" + home);
  }

  @Test
  void anArchiveIsUsedOnlyWhenTheJarsAreAsOldAsWhenItWasMade() throws Exception {
    Path archive = home.resolve("lib/archive/cli-25.0.3+9-Some.jsa");
    FileTime time = FileTime.from(Instant.parse("2026-01-01T00:00:00Z"));
    Files.writeString(archive, "");
    Files.writeString(Path.of(archive + ".jars"), "");
    Files.setLastModifiedTime(Path.of(archive + ".jars"), time);
    Files.setLastModifiedTime(home.resolve("lib/cli.jar"), time);
    assertThat(run(home.resolve("bin/svcs"), jdk).out())
        .contains("-XX:SharedArchiveFile=" + archive);
    Files.writeString(home.resolve("lib/cli.classlist"), "");
    Files.setLastModifiedTime(
        home.resolve("lib/cli.jar"), FileTime.from(Instant.parse("2026-01-02T00:00:00Z")));
    Path making = home.resolve("lib/archive/cli-25.0.3+9-Some.jsa.lock");
    ProcessBuilder builder = new ProcessBuilder(home.resolve("bin/svcs").toString());
    builder.environment().put("JAVA_HOME", jdk.toString());
    builder.environment().put("BESPOKE_MAKE_ARCHIVES", "now");
    assertThat(builder.start().waitFor()).isZero();
    assertThat(making).doesNotExist();
    assertThat(Files.getLastModifiedTime(Path.of(archive + ".jars")))
        .as("made anew for the jars of today")
        .isEqualTo(Files.getLastModifiedTime(home.resolve("lib/cli.jar")));
  }

  @Test
  void aJdkThatIsTooOldIsPassedOverForOneThatTheDistributionKnows() throws Exception {
    Files.writeString(home.resolve("lib/jdk"), jdk + "\n");
    Path old = jdk("17.0.1");
    script(old.resolve("bin/java"), "#!/bin/sh\necho old\n");
    assertThat(run(home.resolve("bin/svcs"), old).out()).doesNotContain("old").contains("svcs");
  }
}
