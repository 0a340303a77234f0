package bespoke.assembly;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/// Runs supervisord and its client once over a few programs, and writes the classes that they load
/// into a list for each.
///
/// A machine that does not let it is no reason to fail: then both start without an archive.
final class SupervisordRehearsal {
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
  private final Stage stage;

  /// @param serverCommand the JVM with the daemon's flags and class path
  /// @param clientCommand the JVM with the commands' flags and class path
  SupervisordRehearsal(List<String> serverCommand, List<String> clientCommand, Stage stage) {
    this.serverCommand = List.copyOf(serverCommand);
    this.clientCommand = List.copyOf(clientCommand);
    this.stage = stage;
  }

  /// @param serverList the class list to be made for the server
  /// @param clientList the one for the client
  void run(Path serverList, Path clientList) throws IOException, InterruptedException {
    Path configuration = Files.writeString(stage.at("conf"), CONFIGURATION);
    Process running =
        stage.start(
            serverCommand,
            stage.at("server.classlist"),
            List.of("bespoke.supervisor.Supervisord", "-c", configuration.toString()));
    Stage.await(running, () -> Files.exists(stage.at("socket")));
    for (int i = 0; i < COMMANDS.size(); i++) {
      List<String> client = new ArrayList<>();
      client.addAll(
          List.of("bespoke.supervisor.ctl.Supervisorctl", "-c", configuration.toString()));
      client.addAll(COMMANDS.get(i));
      Stage.end(stage.start(clientCommand, stage.at(i + ".classlist"), client));
    }
    Stage.end(running);
    if (running.exitValue() != 0) {
      System.err.println("supervisord could not be rehearsed; see " + stage.output());
      return;
    }
    Files.copy(stage.at("server.classlist"), serverList);
    Files.copy(stage.at("0.classlist"), clientList);
    for (int i = 1; i < COMMANDS.size(); i++) {
      add(stage.at(i + ".classlist"), clientList);
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
