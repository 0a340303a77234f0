package bespoke.cli;

import bespoke.api.ActedRecord;
import bespoke.api.CauseRecord;
import bespoke.api.ConfiguredEntity;
import bespoke.api.ContractRecord;
import bespoke.api.DependencyRecord;
import bespoke.api.EnabledRecord;
import bespoke.api.EntityRecord;
import bespoke.api.Explanation;
import bespoke.api.ImpactRecord;
import bespoke.api.InstanceDetail;
import bespoke.api.InstanceRecord;
import bespoke.api.NameRecord;
import bespoke.api.Outcome;
import bespoke.api.ProcessRecord;
import bespoke.api.PropertyGroupRecord;
import bespoke.api.PropertyRecord;
import bespoke.api.ReasonRecord;
import bespoke.api.Reply;
import bespoke.api.TransitionRecord;
import bespoke.api.listing.LocalZone;
import bespoke.cli.client.EarlyConnection;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.Channels;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// Runs the usual commands once against a stage set of a daemon, when the distribution is made, so
/// that the class data archive holds the classes they need.
public final class Rehearsal {

  private static final List<String> LINES =
      List.of(
          "svcs",
          "svcs -a -p",
          "svcs web",
          "svcs -l web",
          "svcs -x",
          "svcs -xv web",
          "svcs -o fmri,state,stime -s fmri",
          "svcs -t",
          "svcadm -v enable web",
          "svcadm disable -st web",
          "svcadm restart web",
          "svcprop web",
          "svcprop -p config/port web",
          "svccfg list",
          "svccfg -s web listprop",
          "svcs why web",
          "svcs history",
          "svcgraph impact web",
          "ctstat -v",
          "svcadm nosuch");

  private Rehearsal() {}

  /// Rehearses under a scratch directory, the only argument.
  public static void main(String[] arguments) throws IOException {
    Root root = new Root(Path.of(arguments[0]).toAbsolutePath(), false);
    Files.createDirectories(root.socket().getParent());
    Models.preparePicocli();
    asciiLocale();
    try (ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
      server.bind(UnixDomainSocketAddress.of(root.socket()));
      Thread stage = new Thread(() -> accept(server), "stage");
      stage.setDaemon(true);
      stage.start();
      for (String line : LINES) {
        List<String> words = Arrays.asList(line.split(" "));
        perform(words, root, false);
        perform(words, root, true);
      }
    } finally {
      Files.deleteIfExists(root.socket());
    }
  }

  /// What a JVM loads for the names of files when `LANG` is not set, as in a job of cron(8).
  private static void asciiLocale() {
    Charset ascii = Charset.forName("ANSI_X3.4-1968");
    ascii.newDecoder();
    ascii.newEncoder();
  }

  private static void perform(List<String> words, Root root, boolean terminal) {
    PrintStream nowhere =
        new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);
    Console console =
        new Console(
            InputStream.nullInputStream(),
            nowhere,
            nowhere,
            terminal,
            terminal,
            System.getenv(),
            InstantSource.system(),
            LocalZone.of(null, Path.of("/etc/localtime")));
    Main.run(
        words.getFirst(),
        words.subList(1, words.size()),
        root,
        console,
        EarlyConnection.begin(root.socket()));
  }

  private static void accept(ServerSocketChannel server) {
    try {
      while (true) {
        SocketChannel client = server.accept();
        Thread scene = new Thread(() -> play(client), "scene");
        scene.setDaemon(true);
        scene.start();
      }
    } catch (IOException e) {
      // the play is over
    }
  }

  /// Answers every request, whatever it is, with instances, an explanation and the outcome.
  private static void play(SocketChannel client) {
    try (client) {
      InputStream in = Channels.newInputStream(client);
      OutputStream out = Channels.newOutputStream(client);
      for (int c = in.read(); c >= 0; c = in.read()) {
        if (c == '\n') {
          for (Reply reply : replies()) {
            out.write(reply.toLine());
          }
        }
      }
    } catch (IOException e) {
      // the command left early
    }
  }

  private static InstanceRecord detailed(long now) {
    DependencyRecord dependency =
        new DependencyRecord(
            "db",
            "require_all",
            "none",
            "manifest",
            List.of(new EntityRecord("svc:/site/db:default", "online")));
    InstanceDetail detail =
        new InstanceDetail(
            "none",
            "svc:/system/svc/restarter:default",
            "/var/log/web.log",
            "",
            true,
            "",
            "",
            "",
            List.of(),
            List.of(dependency),
            List.of(new ProcessRecord(1, now, "web", "web -p 80")));
    EnabledRecord enabled = new EnabledRecord(true, "", "");
    return new InstanceRecord(
        "svc:/site/web:default", "online", "", now, enabled, List.of(1L), "", detail);
  }

  private static List<Reply> replies() {
    List<Reply> replies = new ArrayList<>();
    long now = System.currentTimeMillis();
    for (int i = 0; i < 40; i++) {
      replies.add(
          new InstanceRecord(
              "svc:/site/web" + i + ":default",
              i % 2 == 0 ? "online" : "offline",
              i % 3 == 0 ? "online" : "",
              now - i * 10_000_000L,
              new EnabledRecord(true, i % 5 == 0 ? "false" : "", ""),
              List.of((long) i),
              "a service",
              InstanceDetail.NONE));
    }
    replies.add(
        new Explanation(
            "svc:/site/web:default",
            "",
            "offline",
            now,
            List.of(new ReasonRecord("SMF-8000-AR", "Unknown.", "", "", List.of(), List.of())),
            "",
            List.of(),
            List.of(),
            1,
            List.of("svc:/site/worker:default")));
    replies.add(new ActedRecord("svc:/site/web:default"));
    replies.add(new NameRecord("site/web"));
    replies.add(
        new TransitionRecord(
            "svc:/site/web:default", "offline", "online", "", "", "", "", "", now, 1));
    replies.add(new CauseRecord(1, "svc:/site/web:default", "it was asked for", "root", now));
    replies.add(detailed(now));
    replies.add(new ImpactRecord("svc:/site/worker:default", "stops", "", ""));
    PropertyRecord port =
        new PropertyRecord("port", "count", List.of("80"), false, "manifest", "web.yaml");
    replies.add(
        new ConfiguredEntity(
            "svc:/site/web:default",
            List.of(new PropertyGroupRecord("config", "application", true, List.of(port)))));
    replies.add(
        new ContractRecord(
            1,
            "svc:/site/web:default",
            "owned",
            1,
            "cgroup",
            List.of(new ProcessRecord(1, now, "web", "web -p 80"))));
    replies.add(Outcome.OK);
    return replies;
  }
}
