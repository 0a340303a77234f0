package bespoke.control;

import static org.assertj.core.api.Assertions.assertThat;

import bespoke.engine.Event;
import bespoke.engine.RestarterEvent;
import bespoke.model.AuxiliaryState;
import bespoke.model.InstanceFmri;
import bespoke.model.InstanceState;
import bespoke.model.Severity;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The protocol of `docs/restarter-protocol.md`.
class RestarterSessionsTest {
  private static final String REGISTER = "{\"version\":1,\"op\":\"restarter.register\"}\n";
  private static final InstanceFmri SUPERVISOR = InstanceFmri.parse("svc:/site/supervisord");
  private static final InstanceFmri PROGRAM = InstanceFmri.parse("svc:/site/supervisord/web:0");

  @TempDir Path directory;
  private Served served;

  @BeforeEach
  void serve() throws IOException {
    served = new Served(directory, 1000, Set.of());
  }

  @AfterEach
  void close() throws IOException {
    served.close();
  }

  @Test
  void aProcessOutsideOfContractsIsRefused() throws IOException {
    try (Served.Client client = served.connect()) {
      assertThat(client.send(REGISTER).line()).contains("is in no contract of this daemon");
      assertThat(client.line()).isEmpty();
    }
  }

  @Test
  void nobodyCanClaimToBeAnother() throws IOException {
    served.machine.resident = Optional.of(PROGRAM);
    try (Served.Client client = served.connect()) {
      client.send(
          "{\"version\":1,\"op\":\"restarter.register\",\"restarter\":\"" + SUPERVISOR + "\"}\n");
      assertThat(client.line()).contains("belongs to " + PROGRAM);
    }
  }

  @Test
  void ordersGoOutAndStatesComeIn() throws Exception {
    served.machine.resident = Optional.of(SUPERVISOR);
    try (Served.Client client = served.connect()) {
      assertThat(client.send(REGISTER).line())
          .isEqualTo("{\"registered\":{\"version\":1,\"restarter\":\"" + SUPERVISOR + "\"}}");
      FakeDelegation.Presence presence = served.machine.delegation.presences.take();
      assertThat(presence.restarter()).isEqualTo(SUPERVISOR);
      presence
          .channel()
          .send(new Delegation.Order(PROGRAM, RestarterEvent.START, "dependencies_satisfied"));
      assertThat(client.line())
          .isEqualTo(
              "{\"order\":{\"event\":\"start\",\"instance\":\""
                  + PROGRAM
                  + "\",\"reason\":\"dependencies_satisfied\"}}");
      client.send(
          "{\"op\":\"restarter.state\",\"instance\":\""
              + PROGRAM
              + "\",\"state\":\"offline\",\"next\":\"online\",\"severity\":\"fault\"}\n");
      assertThat(served.machine.delegation.reports.take())
          .isEqualTo(
              new Event.RestarterReported(
                  SUPERVISOR,
                  PROGRAM,
                  InstanceState.OFFLINE,
                  InstanceState.ONLINE,
                  AuxiliaryState.NONE,
                  Severity.FAULT,
                  ""));
    }
    assertThat(served.machine.delegation.presences.take().connected()).isFalse();
  }

  @Test
  void aLineThatCannotBeReadIsNamedAndTheConnectionGoesOn() throws Exception {
    served.machine.resident = Optional.of(SUPERVISOR);
    try (Served.Client client = served.connect()) {
      client.send(REGISTER).line();
      assertThat(client.send("{\"op\":\"restarter.state\",\"state\":\"on\"}\n").line())
          .contains("\"problem\"");
      assertThat(client.send("no json\n").line()).contains("cannot read the line");
      assertThat(client.send("{\"op\":\"brew\"}\n").line()).contains("unknown operation");
    }
  }
}
