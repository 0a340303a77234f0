package bespoke.supervisor.event;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Set;
import org.junit.jupiter.api.Test;

class EventPoolTest {
  private static final Notification TICK = EventTexts.tick(EventType.TICK_5, 10);

  private static EventPool pool(int size, boolean characters) {
    return new EventPool(
        "p", "srv", Set.of(EventType.TICK, EventType.PROCESS_STATE), size, characters);
  }

  private static String sent(EventPool pool) {
    return new String(pool.envelope(pool.take().orElseThrow()), StandardCharsets.UTF_8);
  }

  @Test
  void subscribingToAnAbstractTypeGetsAllBelowIt() {
    EventPool pool = pool(1, false);
    assertThat(pool.wants(EventType.PROCESS_STATE_FATAL)).isTrue();
    assertThat(pool.wants(EventType.PROCESS_LOG_STDOUT)).isFalse();
  }

  @Test
  void theHeaderCountsBytesUnlessCharactersAreAskedFor() {
    Notification umlaut = EventTexts.remoteCommunication("t", "ü");
    EventPool bytes = pool(5, false);
    EventPool characters = pool(5, true);
    bytes.add(umlaut, 3);
    characters.add(umlaut, 3);

    assertThat(sent(bytes))
        .isEqualTo(
            "ver:3.0 server:srv serial:3 pool:p poolserial:0 eventname:REMOTE_COMMUNICATION len:9\n"
                + "type:t\nü");
    assertThat(sent(characters)).contains("len:8\n");
  }

  @Test
  void aFullBufferDropsTheOldest() {
    EventPool pool = pool(2, false);
    pool.add(TICK, 0);
    pool.add(TICK, 1);
    assertThat(pool.add(TICK, 2)).map(EventPool.Pending::serial).contains(0L);
  }

  @Test
  void anEventThatWasGivenBackComesFirstAndKeepsItsNumbers() {
    EventPool pool = pool(5, false);
    pool.add(TICK, 0);
    pool.add(TICK, 1);
    EventPool.Pending first = pool.take().orElseThrow();
    pool.giveBack(first);
    assertThat(pool.take()).contains(first);
  }

  @Test
  void bytesThatAreNotTextAreRendered() {
    assertThat(EventTexts.text(new byte[] {'a', (byte) 0xff})).isEqualTo("Undecodable: b'a\\xff'");
  }
}
