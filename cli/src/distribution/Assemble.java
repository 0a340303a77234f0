import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.spi.ToolProvider;
import java.util.stream.Stream;

/// Puts the distribution together: `java Assemble.java TARGET JARS PICOCLI_SOURCES SOURCE
/// SERVICES`, where Maven has left the pieces. Run by `package`.
///
/// The result can be copied anywhere. Its launchers make the class data archives that this program
/// makes anew when they do not fit.
public final class Assemble {

  private static final List<String> COMMANDS =
      List.of(
          "svcs",
          "svcadm",
          "svccfg",
          "svcprop",
          "svcgraph",
          "ctstat",
          "ctwatch",
          "ctrun",
          "svc.startd",
          "supervisord",
          "supervisorctl");

  private static final List<String> FLAGS =
      List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-XX:-UsePerfData");

  private final Path home;
  private final Path lib;
  private final Path work;

  private Assemble(Path target) {
    this.home = target.resolve("bespoke");
    this.lib = home.resolve("lib");
    this.work = target.resolve("assembly");
  }

  public static void main(String[] arguments) throws IOException, InterruptedException {
    if (Runtime.version().feature() != 25) {
      System.exit(again(arguments));
    }
    Assemble assembly = new Assemble(Path.of(arguments[0]).toAbsolutePath());
    assembly.begin();
    assembly.jars(Path.of(arguments[1]));
    assembly.picocli(Path.of(arguments[2]));
    assembly.launchers(Path.of(arguments[3]));
    assembly.services(Path.of(arguments[4]));
    assembly.documents();
    assembly.archives();
  }

  /// Maven may call the `java` of the path though it compiles with another: starts this program
  /// again with a JDK 25.
  private static int again(String[] arguments) throws IOException, InterruptedException {
    List<Path> candidates = new ArrayList<>();
    candidates.add(Path.of(System.getenv().getOrDefault("JAVA_HOME", "/nonexistent")));
    for (String place : List.of("/usr/lib/jvm", "/opt")) {
      if (Files.isDirectory(Path.of(place))) {
        try (Stream<Path> homes = Files.list(Path.of(place))) {
          candidates.addAll(homes.sorted().toList());
        }
      }
    }
    for (Path home : candidates) {
      Path release = home.resolve("release");
      if (Files.isReadable(release) && Files.readString(release).contains("JAVA_VERSION=\"25")) {
        List<String> command = new ArrayList<>();
        command.add(home.resolve("bin/java").toString());
        command.add(arguments[3] + "/Assemble.java");
        command.addAll(List.of(arguments));
        return new ProcessBuilder(command).inheritIO().start().waitFor();
      }
    }
    System.err.println("cannot find a JDK 25; set JAVA_HOME to one");
    return 1;
  }

  private void begin() throws IOException {
    delete(home);
    delete(work);
    Files.createDirectories(lib.resolve("archive"));
    Files.createDirectories(work);
  }

  private void jars(Path from) throws IOException {
    try (Stream<Path> jars = Files.list(from)) {
      for (Path jar : jars.toList()) {
        Files.copy(jar, lib.resolve(jar.getFileName()));
      }
    }
  }

  /// Compiles picocli for this JDK: its own jar is too old for a class data archive.
  private void picocli(Path sources) throws IOException {
    Path classes = work.resolve("picocli");
    List<String> options = new ArrayList<>();
    options.addAll(List.of("-nowarn", "-proc:none", "-XDstringConcat=inline", "-Xlint:none"));
    options.addAll(List.of("--release", "25", "-encoding", "UTF-8", "-d", classes.toString()));
    try (Stream<Path> files = Files.walk(sources)) {
      files.filter(f -> f.toString().endsWith(".java")).forEach(f -> options.add(f.toString()));
    }
    tool("javac", options);
    Path jar = lib.resolve("picocli.jar");
    Files.deleteIfExists(jar);
    tool("jar", List.of("--create", "--file", jar.toString(), "-C", classes.toString(), "."));
  }

  private static void tool(String name, List<String> options) throws IOException {
    ToolProvider tool = ToolProvider.findFirst(name).orElseThrow();
    int status = tool.run(System.out, System.err, options.toArray(new String[0]));
    if (status != 0) {
      throw new IOException(name + " failed with status " + status);
    }
  }

  private void launchers(Path source) throws IOException {
    Path bin = Files.createDirectories(home.resolve("bin"));
    for (String command : COMMANDS) {
      Path script = bin.resolve(command);
      Files.copy(source.resolve("launcher"), script);
      Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwxr-xr-x"));
    }
    Files.writeString(lib.resolve("jdk"), System.getProperty("java.home") + "\n");
  }

  private void services(Path from) throws IOException {
    if (!Files.isDirectory(from)) {
      return;
    }
    Path to = home.resolve("services.d");
    try (Stream<Path> files = Files.walk(from)) {
      for (Path file : files.toList()) {
        Path copy = to.resolve(from.relativize(file).toString());
        Files.createDirectories(copy.getParent());
        Files.copy(
            file, copy, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.COPY_ATTRIBUTES);
      }
    }
  }

  /// Completion and manual pages, generated from the command models.
  private void documents() throws IOException, InterruptedException {
    java(List.of(), "bespoke.cli.Documents", home.toString());
  }

  /// The class lists, and the archives for the JDK that runs this.
  private void archives() throws IOException, InterruptedException {
    FileTime now = FileTime.from(Instant.now().truncatedTo(ChronoUnit.SECONDS));
    try (Stream<Path> jars = Files.list(lib)) {
      for (Path jar : jars.filter(j -> j.toString().endsWith(".jar")).toList()) {
        Files.setLastModifiedTime(jar, now);
      }
    }
    Path list = lib.resolve("cli.classlist");
    java(
        List.of("-Xshare:off", "-XX:DumpLoadedClassList=" + list),
        "bespoke.cli.Rehearsal",
        work.resolve("stage").toString());
    warmUp();
  }

  /// The first command makes the archive; it stays when it fits this JDK.
  private void warmUp() throws IOException, InterruptedException {
    ProcessBuilder builder =
        new ProcessBuilder(home.resolve("bin/svcs").toString(), "-?")
            .redirectOutput(ProcessBuilder.Redirect.DISCARD);
    builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
    builder.environment().put("BESPOKE_MAKE_ARCHIVES", "now");
    run(builder);
  }

  private void java(List<String> options, String main, String... arguments)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(FLAGS);
    command.addAll(options);
    command.addAll(List.of("-cp", classPath(), main));
    command.addAll(List.of(arguments));
    run(new ProcessBuilder(command).redirectOutput(ProcessBuilder.Redirect.DISCARD));
  }

  private String classPath() {
    return lib.resolve("cli.jar")
        + ":"
        + lib.resolve("orchestrator.jar")
        + ":"
        + lib.resolve("picocli.jar");
  }

  private static void run(ProcessBuilder builder) throws IOException, InterruptedException {
    builder.redirectErrorStream(false).redirectError(ProcessBuilder.Redirect.INHERIT);
    int status = builder.start().waitFor();
    if (status != 0) {
      throw new IOException(builder.command() + " failed with status " + status);
    }
  }

  private static void delete(Path tree) throws IOException {
    if (!Files.exists(tree)) {
      return;
    }
    Files.walkFileTree(
        tree,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            Files.delete(file);
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult postVisitDirectory(Path directory, IOException failure)
              throws IOException {
            Files.delete(directory);
            return FileVisitResult.CONTINUE;
          }
        });
  }
}
