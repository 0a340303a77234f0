package bespoke.cli;

import bespoke.api.ConfigurationRequest;
import bespoke.api.ConfiguredEntity;
import bespoke.api.InstanceRequest;
import bespoke.api.NameRecord;
import bespoke.api.Outcome;
import bespoke.api.PropertyGroupRecord;
import bespoke.api.PropertyRecord;
import bespoke.api.Reply;
import bespoke.api.Request;
import bespoke.api.TextRecord;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/// A daemon that knows three services, and a shell at it.
abstract class SvccfgFixture {

  @TempDir Path root;
  FakeDaemon daemon;
  Shell shell;

  @BeforeEach
  void start() throws IOException {
    daemon = new FakeDaemon(root);
    daemon.with(
        Samples.online("svc:/t/a:default"),
        Samples.online("svc:/t/b:x"),
        Samples.online("svc:/u/b:x"));
    daemon.answering(SvccfgFixture::answer);
    shell = new Shell(root);
  }

  @AfterEach
  void stop() throws IOException {
    daemon.close();
  }

  private static List<Reply> answer(Request request) {
    return switch (request) {
      case ConfigurationRequest.ListNames names when names.entity().isEmpty() ->
          List.of(new NameRecord("t/a"), new NameRecord("t/b"), new NameRecord("u/b"), Outcome.OK);
      case ConfigurationRequest.ListNames names -> List.of(new NameRecord("default"), Outcome.OK);
      case ConfigurationRequest.ListSnapshots snapshots ->
          List.of(new NameRecord("initial"), Outcome.OK);
      case ConfigurationRequest.Properties properties ->
          List.of(
              new ConfiguredEntity(
                  "svc:/t/a:default",
                  List.of(
                      new PropertyGroupRecord(
                          "config",
                          "application",
                          true,
                          List.of(
                              new PropertyRecord("port", "integer", List.of("80"), false, "", ""),
                              new PropertyRecord(
                                  "message", "astring", List.of("a b"), false, "", ""))),
                      new PropertyGroupRecord("restarter", "framework", false, List.of()))),
              Outcome.OK);
      case ConfigurationRequest.Export export ->
          List.of(new TextRecord("service: t/a\n"), Outcome.OK);
      default -> List.of(Outcome.OK);
    };
  }

  /// What was asked beside lists of names.
  List<Request> changes() {
    return daemon.requests().stream()
        .filter(r ->
            !(r instanceof InstanceRequest.ListInstances)
                && !(r instanceof ConfigurationRequest.ListNames))
        .toList();
  }
}
