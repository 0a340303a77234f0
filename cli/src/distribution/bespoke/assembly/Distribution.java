package bespoke.assembly;

import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
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

/// Puts the distribution together from the pieces that Maven has left; see [Assemble].
///
/// The result can be copied anywhere. Its launchers make the class data archives that this program
/// makes anew when they do not fit.
final class Distribution {

  private static final List<String> COMMANDS =
      List.of(
          "svcs",
          "svcadm",
          "svccfg",
          "svcprop",
          "svcgraph",
          "ctstat",
          "ctrun",
          "ctwatch",
          "svc.startd",
          "svc.periodicd",
          "svc.inetd",
          "supervisord",
          "supervisorctl");

  private static final List<String> FLAGS =
      List.of(
          "-XX:+UseSerialGC",
          "-XX:TieredStopAtLevel=1",
          "-XX:-UsePerfData",
          "-Djdk.reflect.useNativeAccessorOnly=true");

  private static final List<String> DAEMON_FLAGS =
      List.of(
          "-XX:+UseCompactObjectHeaders",
          "--enable-native-access=ALL-UNNAMED",
          "--add-opens=java.base/sun.nio.ch=ALL-UNNAMED");

  /// How a command reaches the daemon; a JDK that assembles has this module.
  private static final List<String> SOCKET_FLAGS =
      List.of(
          "--add-opens=jdk.attach/sun.tools.attach=ALL-UNNAMED",
          "--add-opens=java.base/java.io=ALL-UNNAMED");

  private final Path home;
  private final Path lib;
  private final Path work;

  private Distribution(Path target) {
    this.home = target.resolve("bespoke");
    this.lib = home.resolve("lib");
    this.work = target.resolve("assembly");
  }

  public static void main(String[] arguments) throws IOException, InterruptedException {
    Distribution assembly = new Distribution(Path.of(arguments[0]).toAbsolutePath());
    assembly.begin();
    assembly.jars(Path.of(arguments[1]));
    assembly.sqlite(Path.of(arguments[3]).resolve("sqlite"));
    assembly.picocli(Path.of(arguments[2]));
    assembly.callSites();
    assembly.launchers(Path.of(arguments[3]));
    assembly.services(Path.of(arguments[4]));
    assembly.documents();
    assembly.archives();
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

  /// Unpacks the native libraries of SQLite, so that the daemon need not at each start, and
  /// replaces the classes of its driver that a start should not pay for.
  private void sqlite(Path sources) throws IOException {
    try (FileSystem jar = FileSystems.newFileSystem(lib.resolve("sqlite-jdbc.jar"))) {
      for (String architecture : List.of("x86_64", "aarch64")) {
        Path library = jar.getPath("org/sqlite/native/Linux", architecture, "libsqlitejdbc.so");
        Path directory = Files.createDirectories(lib.resolve("native").resolve(architecture));
        Files.copy(library, directory.resolve("libsqlitejdbc.so"));
      }
      SqliteLoader.shorten(jar);
    }
    Path classes = work.resolve("sqlite");
    Path jar = lib.resolve("sqlite-jdbc.jar");
    compile(sources, classes, "--class-path", jar.toString());
    tool("jar", List.of("--update", "--file", jar.toString(), "-C", classes.toString(), "."));
  }

  /// Compiles picocli for this JDK: its own jar is too old for a class data archive.
  private void picocli(Path sources) throws IOException {
    Path classes = work.resolve("picocli");
    compile(sources, classes);
    Path jar = lib.resolve("picocli.jar");
    Files.deleteIfExists(jar);
    tool("jar", List.of("--create", "--file", jar.toString(), "-C", classes.toString(), "."));
  }

  private void callSites() throws IOException {
    List<Path> all;
    try (Stream<Path> jars = Files.list(lib)) {
      all = jars.filter(jar -> jar.toString().endsWith(".jar")).toList();
    }
    for (String own : List.of("orchestrator.jar", "cli.jar")) {
      CallSites.writeOut(lib.resolve(own), all);
    }
  }

  private static void compile(Path sources, Path classes, String... more) throws IOException {
    List<String> options = new ArrayList<>(List.of(more));
    options.addAll(List.of("-nowarn", "-proc:none", "-XDstringConcat=inline", "-Xlint:none"));
    options.addAll(List.of("--release", "25", "-encoding", "UTF-8", "-d", classes.toString()));
    try (Stream<Path> files = Files.walk(sources)) {
      files.filter(f -> f.toString().endsWith(".java")).forEach(f -> options.add(f.toString()));
    }
    tool("javac", options);
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
    List<String> options = new ArrayList<>(SOCKET_FLAGS);
    options.addAll(List.of("-Xshare:off", "-XX:DumpLoadedClassList=" + list));
    java(options, "bespoke.cli.Rehearsal", work.resolve("stage").toString());
    Path daemonList = lib.resolve("startd.classlist");
    new DaemonRehearsal(daemonCommand(), commandCommand(), new Stage(work.resolve("daemon")))
        .run(daemonList);
    if (Files.exists(daemonList)) {
      Stage stage = new Stage(work.resolve("supervisord"));
      new SupervisordRehearsal(daemonCommand(), commandCommand(), stage)
          .run(lib.resolve("supervisord.classlist"), lib.resolve("supervisorctl.classlist"));
    }
    makeArchive("svcs", "-?");
    makeArchive("svc.startd", "--help");
    makeArchive("supervisord", "--version");
    makeArchive("supervisorctl", "--help");
  }

  private static List<String> jvm() {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(FLAGS);
    return command;
  }

  private List<String> daemonCommand() {
    List<String> command = jvm();
    command.addAll(DAEMON_FLAGS);
    command.addAll(List.of("-cp", lib.resolve("cli.jar") + ":" + lib + "/*"));
    return command;
  }

  private List<String> commandCommand() {
    List<String> command = jvm();
    command.addAll(SOCKET_FLAGS);
    command.addAll(List.of("-cp", classPath()));
    return command;
  }

  /// Lets a launcher make the archive of its kind.
  private void makeArchive(String command, String argument)
      throws IOException, InterruptedException {
    ProcessBuilder builder =
        new ProcessBuilder(home.resolve("bin").resolve(command).toString(), argument)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD);
    builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
    builder.environment().put("BESPOKE_MAKE_ARCHIVES", "now");
    run(builder);
  }

  private void java(List<String> options, String main, String... arguments)
      throws IOException, InterruptedException {
    List<String> command = jvm();
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
