package bespoke.supervisor.server;

import static org.assertj.core.api.Assertions.assertThat;

import bespoke.supervisor.process.Moment;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ProcessRecordTest {
  private static ProcessRecord record(String name) {
    return new ProcessRecord(
        "group",
        name,
        7,
        4242,
        99,
        3,
        new Moment(12, 34),
        "abc",
        true,
        false,
        Path.of("/" + name),
        null);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "web",
        " a = b:c ",
        "back\\slash\\",
        "# no comment",
        "two\nlines\r",
        "\u00fc\u2713",
        "\ud83d\ude00"
      })
  void whatIsWrittenIsReadAgain(String name) {
    ProcessRecord record = record(name);

    assertThat(ProcessRecord.parse(record.text("boot 1"), "boot 1")).contains(record);
  }

  @Test
  void aRecordOfAnotherBootOrADamagedOneIsNone() {
    String text = record("web").text("one");

    assertThat(ProcessRecord.parse(text, "two")).isEmpty();
    assertThat(ProcessRecord.parse(text.replace("pid=4242", "pid=x"), "one")).isEmpty();
    assertThat(ProcessRecord.parse(text.substring(0, 30), "one")).isEmpty();
  }
}
