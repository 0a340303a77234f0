package bespoke.assembly;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/// Runs supervisord and its client once over a few programs, and writes the classes that they load
/// into a list for each. The lists are their own: a JVM loads all linked classes of an archive when
/// it starts, so that nobody should pay for the classes of others.
///
/// A machine that does not let it is no reason to fail: then both start without an archive.
final class SupervisordRehearsal {
  private static final long SECONDS_MAX = 60;

  private static final String CONFIGURATION =
      """
      [supervisord]
      nodaemon = true
      logfile = %(here)s/log
      pidfile = %(here)s/pid
      childlogdir = %(here)s
      minprocs = 10
      minfds = 100
      [unix_http_server]
      file = %(here)s/socket
      [supervisorctl]
      serverurl = unix://%(here)s/socket
      [rpcinterface:supervisor]
      supervisor.rpcinterface_factory = supervisor.rpcinterface:make_main_rpcinterface
      [program:steady]
      command = /bin/sh -c "echo up; echo bad >&2; exec sleep 600"
      process_name = s%(process_num)d
      numprocs = 3
      startsecs = 0
      autorestart = true
      [program:crashing]
      command = /bin/sh -c "exit 3"
      startretries = 0
      [program:off]
      command = /bin/cat
      autostart = false
      startsecs = 0
      """;

  private static final List<List<String>> COMMANDS =
      List.of(
          List.of("status"),
          List.of("signal", "KILL", "steady:*"),
          List.of("start", "off"),
          List.of("restart", "off"),
          List.of("tail", "steady:s0"),
          List.of("avail"),
          List.of("stop", "off", "nosuch"),
          List.of("update"),
          List.of("status", "off"),
          List.of("shutdown"));

  private final List<String> serverCommand;
  private final List<String> clientCommand;
  private final Path stage;

  /// @param serverCommand the JVM with the daemon's flags and class path
  /// @param clientCommand the JVM with the commands' flags and class path
  /// @param stage a directory to be made
  SupervisordRehearsal(List<String> serverCommand, List<String> clientCommand, Path stage) {
    this.serverCommand = List.copyOf(serverCommand);
    this.clientCommand = List.copyOf(clientCommand);
    this.stage = stage;
  }

  /// @param serverList the class list to be made for the server
  /// @param clientList the one for the client
  void run(Path serverList, Path clientList) throws IOException, InterruptedException {
    Files.createDirectories(stage);
    Path configuration = Files.writeString(stage.resolve("conf"), CONFIGURATION);
    List<String> server = dumping(serverCommand, stage.resolve("server.classlist"));
    server.addAll(List.of("bespoke.supervisor.Supervisord", "-c", configuration.toString()));
    Process running = start(server);
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(SECONDS_MAX);
    while (running.isAlive()
        && !Files.exists(stage.resolve("socket"))
        && System.nanoTime() - end < 0) {
      Thread.sleep(20);
    }
    for (int i = 0; i < COMMANDS.size(); i++) {
      List<String> client = dumping(clientCommand, stage.resolve(i + ".classlist"));
      client.addAll(
          List.of("bespoke.supervisor.ctl.Supervisorctl", "-c", configuration.toString()));
      client.addAll(COMMANDS.get(i));
      wait(start(client));
    }
    wait(running);
    if (running.exitValue() != 0) {
      System.err.println("supervisord could not be rehearsed; see " + stage.resolve("output"));
      return;
    }
    Files.copy(stage.resolve("server.classlist"), serverList);
    Files.copy(stage.resolve("0.classlist"), clientList);
    for (int i = 1; i < COMMANDS.size(); i++) {
      add(stage.resolve(i + ".classlist"), clientList);
    }
  }

  private static List<String> dumping(List<String> command, Path list) {
    List<String> all = new ArrayList<>(command);
    all.add(1, "-Xshare:off");
    all.add(2, "-XX:DumpLoadedClassList=" + list);
    return all;
  }

  private Process start(List<String> command) throws IOException {
    return new ProcessBuilder(command)
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.appendTo(stage.resolve("output").toFile()))
        .start();
  }

  private static void wait(Process process) throws InterruptedException {
    if (!process.waitFor(SECONDS_MAX, TimeUnit.SECONDS)) {
      process.destroyForcibly().waitFor();
    }
  }

  /// Adds what is missing. Numbers of classes hold for one list only, so they are left out, and
  /// with them what refers to them.
  private static void add(Path from, Path to) throws IOException {
    Set<String> known = new LinkedHashSet<>();
    for (String line : Files.readAllLines(to)) {
      known.add(line.replaceFirst(" id: \\d+$", ""));
    }
    List<String> added = new ArrayList<>();
    for (String line : Files.readAllLines(from)) {
      String plain = line.replaceFirst(" id: \\d+$", "");
      if (!plain.startsWith("#") && !plain.contains(" id: ") && known.add(plain)) {
        added.add(plain);
      }
    }
    Files.write(to, added, StandardOpenOption.APPEND);
  }
}
