package bespoke.daemon;

import static org.assertj.core.api.Assertions.assertThat;

import bespoke.api.ChangeRequest;
import bespoke.api.GraphRequest;
import bespoke.api.InstanceRequest;
import bespoke.api.PlanStepRecord;
import bespoke.api.PongRecord;
import bespoke.api.Request;
import bespoke.api.TransitionRecord;
import bespoke.api.json.JsonObject;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// One daemon with real processes is asked for one random thing after the other; before each, it is
/// asked for the plan, and the plan must be what happens.
///
/// Who does not depend on each other may overtake each other, so what is compared is the course of
/// each instance.
class PlansComeTrueTest {
  private static final int COMMANDS = Integer.getInteger("bespoke.truth.commands", 200);
  private static final long SEED = Long.getLong("bespoke.truth.seed", 1);
  private static final int SERVICES = 12;
  private static final long PATIENCE_MILLIS = 20_000;

  @TempDir Path root;
  @TempDir Path manifests;

  private final Random random = new Random(SEED);

  /// The transitions of a daemon as they happen, from when it was opened.
  private static final class Followed implements AutoCloseable {
    private final SocketChannel channel;
    private final List<TransitionRecord> changes = new CopyOnWriteArrayList<>();

    Followed(Path root) throws IOException {
      channel = SocketChannel.open(UnixDomainSocketAddress.of(root.resolve("run/control.sock")));
      channel.write(ByteBuffer.wrap(new InstanceRequest.Watch(List.of()).toLine()));
      BufferedReader in =
          new BufferedReader(
              new InputStreamReader(Channels.newInputStream(channel), StandardCharsets.UTF_8));
      String line = in.readLine();
      while (!line.startsWith("{\"note\"")) {
        line = in.readLine();
      }
      Thread.ofVirtual().start(() -> read(in));
    }

    private void read(BufferedReader in) {
      try {
        for (String line = in.readLine(); line != null; line = in.readLine()) {
          if (line.startsWith("{\"transition\"")) {
            TransitionRecord transition = TransitionRecord.from(object(line, "transition"));
            if (!transition.from().equals(transition.to())) {
              changes.add(transition);
            }
          }
        }
      } catch (IOException closed) {
        // The test is over.
      }
    }

    @Override
    public void close() throws IOException {
      channel.close();
    }
  }

  private static JsonObject object(String line, String kind) {
    return JsonObject.parse(line.getBytes(StandardCharsets.UTF_8)).object(kind);
  }

  private void services() throws IOException {
    for (int i = 0; i < SERVICES; i++) {
      String kind =
          switch (random.nextInt(3)) {
            case 0 -> "methods: {start: {exec: \"true\"}}\nstartd: {duration: transient}\n";
            case 1 -> "methods: {start: {exec: sleep 1000}}\nstartd: {duration: child}\n";
            default -> "methods: {start: {exec: \"sleep 1000 &\"}}\n";
          };
      Files.writeString(
          manifests.resolve("s" + i + ".yaml"),
          "service: t/s" + i + "\nenabled: true\n" + kind + dependencies(i));
    }
  }

  private String dependencies(int service) {
    if (service == 0) {
      return "";
    }
    StringBuilder out = new StringBuilder("dependencies:\n");
    for (int i = 1 + random.nextInt(2); i > 0; i--) {
      out.append("  d").append(i).append(": {grouping: ");
      out.append(List.of("require_all", "require_any", "optional_all").get(random.nextInt(3)));
      out.append(", restart_on: ");
      out.append(List.of("none", "error", "restart", "refresh").get(random.nextInt(4)));
      out.append(", services: [t/s").append(random.nextInt(service)).append("]}\n");
    }
    return out.toString();
  }

  private Request command() {
    String who = "svc:/t/s" + random.nextInt(SERVICES) + ":default";
    return switch (random.nextInt(12)) {
      case 0, 1, 2 -> act("disable", who);
      case 3, 4, 5 -> act("enable", who);
      case 6, 7 -> act("restart", who);
      case 8 -> act("mark_maintenance", who);
      case 9 -> act("clear", who);
      case 10 -> act("refresh", who);
      default -> new InstanceRequest.Milestone(random.nextInt(3) == 0 ? who : "all", false);
    };
  }

  private static Request act(String action, String who) {
    return new InstanceRequest.Act(
        action, List.of(who), "", false, false, false, false, false, true, "");
  }

  private static Map<String, String> courses(List<String> lines) {
    Map<String, String> courses = new TreeMap<>();
    for (String line : lines) {
      if (line.startsWith("{\"step\"")) {
        PlanStepRecord step = PlanStepRecord.from(object(line, "step"));
        courses.merge(step.fmri(), step.from() + ">" + step.to(), (a, b) -> a + " " + b);
      }
    }
    return courses;
  }

  private static Map<String, String> happened(List<TransitionRecord> transitions) {
    Map<String, String> courses = new TreeMap<>();
    for (TransitionRecord step : transitions) {
      courses.merge(step.fmri(), step.from() + ">" + step.to(), (a, b) -> a + " " + b);
    }
    return courses;
  }

  private static void awaitRest(DaemonProcess daemon, Followed followed, long changes)
      throws IOException {
    long deadline = System.nanoTime() + PATIENCE_MILLIS * 1_000_000;
    while (followed.changes.size() < changes
        || !PongRecord.from(object(daemon.ask(new Request.Ping()).getFirst(), "pong")).settled()) {
      if (System.nanoTime() > deadline) {
        return; // the comparison tells what is missing
      }
      Thread.onSpinWait();
    }
  }

  @Test
  void whatAPlanSaysIsWhatRealProcessesThenDo() throws Exception {
    services();
    try (DaemonProcess daemon = DaemonProcess.start(root, manifests)) {
      daemon.awaitSettled();
      int moved = 0;
      try (Followed followed = new Followed(root)) {
        for (int i = 0; i < COMMANDS; i++) {
          Request command = command();
          int before = followed.changes.size();
          List<String> plan = daemon.ask(new ChangeRequest.Plan(command));
          long steps = plan.stream().filter(line -> line.startsWith("{\"step\"")).count();
          daemon.ask(new ChangeRequest.Confirmed(command));
          awaitRest(daemon, followed, before + steps);
          assertThat(happened(followed.changes.subList(before, followed.changes.size())))
              .as("seed %d, command %d: %s", SEED, i, command)
              .isEqualTo(courses(plan));
          moved += steps > 0 ? 1 : 0;
        }
      }
      assertThat(moved).as("commands that did something").isGreaterThan(COMMANDS / 3);
    }
  }

  /// The shape of the demonstration stack: db, migration, worker, web; and a page that web
  /// excludes.
  private void stack() throws IOException {
    String broken =
        "enabled: true\nmethods: {start: {exec: \"if test -e "
            + root
            + "/broken.NAME; then exit 1; fi; sleep 1000 &\"}}\n";
    service("db", broken, "");
    service(
        "migration",
        "enabled: true\nstartd: {duration: transient}\nmethods: {start: {exec: \"true\"}}\n",
        "  database: {grouping: require_all, restart_on: restart, services: [t/db]}\n");
    service(
        "worker",
        broken,
        "  migration: {grouping: require_all, restart_on: none, services: [t/migration]}\n"
            + "  database: {grouping: require_all, restart_on: restart, services: [t/db]}\n"
            + "  settings: {grouping: require_all, restart_on: none, paths: ["
            + root
            + "/settings]}\n");
    service(
        "web",
        broken,
        """
          worker: {grouping: optional_all, restart_on: none, services: [t/worker]}
          migration: {grouping: require_all, restart_on: error, services: [t/migration]}
        """);
    Files.writeString(root.resolve("settings"), "x");
  }

  private void service(String name, String text, String dependencies) throws IOException {
    Files.writeString(
        manifests.resolve(name + ".yaml"),
        "service: t/"
            + name
            + "\n"
            + text.replace("NAME", name)
            + (dependencies.isEmpty() ? "" : "dependencies:\n" + dependencies));
  }

  @Test
  void whatIfTellsWhatHappensToTheStackWhenItIsDone() throws Exception {
    stack();
    try (DaemonProcess daemon = DaemonProcess.start(root, manifests)) {
      daemon.awaitSettled();
      try (Followed followed = new Followed(root)) {
        for (String supposition :
            List.of(
                "t/db dies", "t/worker dies", "t/db disabled", "t/db fails", "t/worker fails")) {
          int before = followed.changes.size();
          List<String> foreseen = daemon.ask(new GraphRequest.WhatIf(List.of(supposition)));
          long steps = foreseen.stream().filter(line -> line.startsWith("{\"step\"")).count();
          assertThat(steps).as(supposition + foreseen).isPositive();
          happen(supposition, daemon);
          awaitRest(daemon, followed, before + steps);
          assertThat(happened(followed.changes.subList(before, followed.changes.size())))
              .as(supposition)
              .isEqualTo(courses(foreseen));
          repair(supposition, daemon);
        }
      }
    }
  }

  /// Does for real what is supposed.
  private void happen(String supposition, DaemonProcess daemon) throws IOException {
    String who = supposition.substring(0, supposition.indexOf(' '));
    switch (supposition.substring(who.length() + 1)) {
      case "disabled" -> daemon.ask(new ChangeRequest.Confirmed(act("disable", who)));
      case "fails" -> {
        Files.createFile(root.resolve("broken." + who.substring("t/".length())));
        kill(who, daemon);
      }
      default -> kill(who, daemon);
    }
  }

  private static void kill(String who, DaemonProcess daemon) throws IOException {
    ProcessHandle.of(daemon.instance(who).detail().processes().getFirst().pid())
        .orElseThrow()
        .destroyForcibly();
  }

  private void repair(String supposition, DaemonProcess daemon) throws IOException {
    String who = supposition.substring(0, supposition.indexOf(' '));
    Files.deleteIfExists(root.resolve("broken." + who.substring("t/".length())));
    if (supposition.endsWith("fails")) {
      daemon.act("clear", who);
    } else {
      daemon.act("enable", who);
    }
    for (String name : List.of("db", "migration", "worker", "web")) {
      daemon.act("enable", "t/" + name);
    }
  }
}
