package bespoke.supervisor.event;

import static org.assertj.core.api.Assertions.assertThat;

import bespoke.supervisor.event.ListenerProtocol.Outcome;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ListenerProtocolTest {
  private final ListenerProtocol protocol = new ListenerProtocol();

  private List<Outcome> say(String text) {
    return protocol.feed(text.getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void itTakesAnEventAfterReadyAndAnswers() {
    assertThat(say("READY\n")).containsExactly(Outcome.BECAME_READY);
    protocol.eventSent();
    assertThat(say("RESULT 2\nOKREADY\n")).containsExactly(Outcome.ACCEPTED, Outcome.BECAME_READY);
  }

  @Test
  void anythingButOkIsARejection() {
    say("READY\n");
    protocol.eventSent();
    assertThat(say("RESULT 4\nFAIL")).containsExactly(Outcome.REJECTED);
  }

  @Test
  void everyByteMayComeAlone() {
    var outcomes = new ArrayList<Outcome>();
    for (String c : "READY\n".split("")) {
      outcomes.addAll(say(c));
    }
    protocol.eventSent();
    for (String c : "RESULT 2\nOK".split("")) {
      outcomes.addAll(say(c));
    }
    assertThat(outcomes).containsExactly(Outcome.BECAME_READY, Outcome.ACCEPTED);
  }

  @Test
  void wrongWordsEndTheConversation() {
    assertThat(say("hello\n")).containsExactly(Outcome.BROKE_PROTOCOL);
    assertThat(say("READY\n")).isEmpty();
  }

  @Test
  void aResultLineThatNeverEndsIsRefused() {
    say("READY\n");
    protocol.eventSent();
    assertThat(say("R".repeat(1000))).containsExactly(Outcome.BROKE_PROTOCOL);
  }
}
