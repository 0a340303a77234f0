package bespoke.supervisor.server;

import static org.assertj.core.api.Assertions.assertThat;

import bespoke.supervisor.process.Moment;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RecordJournalTest {
  @TempDir Path directory;

  private static ProcessRecord record(long run, String name) {
    return new ProcessRecord(
        "group", name, run, 1, 2, 3, new Moment(4, 5), "abc", false, false, null, null);
  }

  private RecordJournal open(String boot) throws IOException {
    return new RecordJournal(directory.resolve("processes"), boot);
  }

  private List<String> left(String boot) throws IOException {
    try (RecordJournal journal = open(boot)) {
      return journal.left().stream().map(ProcessRecord::name).toList();
    }
  }

  @Test
  void theNextServerFindsWhatHasNotEnded() throws IOException {
    try (RecordJournal journal = open("b")) {
      journal.keep(record(1, "one"));
      journal.keep(record(2, "two"));
      journal.keep(record(2, "two, ready"));
      journal.forget(1);
    }

    assertThat(left("b")).containsExactly("two, ready");
    assertThat(left("another boot")).isEmpty();
  }

  @Test
  void aLineThatWasCutOffTakesNothingElseWithIt() throws IOException {
    try (RecordJournal journal = open("b")) {
      journal.keep(record(1, "one"));
    }
    Files.writeString(directory.resolve("processes"), "boot=b gro", StandardOpenOption.APPEND);

    assertThat(left("b")).containsExactly("one");
    try (RecordJournal journal = open("b")) {
      journal.keep(record(2, "two"));
    }
    assertThat(left("b")).containsExactly("one", "two");
  }

  @Test
  void nonsenseInTheFileIsPassedOver() throws IOException {
    Files.writeString(directory.resolve("processes"), "\n=\n gone=x\ngone=\nname\n\0\u00ff\n\n");

    assertThat(left("b")).isEmpty();
  }

  @Test
  void whatAnEarlierServerLeftStaysUntilItIsForgotten() throws IOException {
    try (RecordJournal journal = open("b")) {
      journal.keep(record(1, "dead"));
      journal.keep(record(2, "adopted"));
    }
    try (RecordJournal journal = open("b")) {
      journal.keep(record(2, "adopted"));
      assertThat(journal.left()).hasSize(2);

      journal.forgetOthers();
    }

    assertThat(left("b")).containsExactly("adopted");
  }

  @Test
  void aHundredThousandRestartsDoNotFillTheDisk() throws IOException {
    try (RecordJournal journal = open("b")) {
      journal.keep(record(1, "steady"));
      for (int run = 2; run < 100_000; run++) {
        journal.keep(record(run, "crashing"));
        journal.forget(run);
      }
    }

    assertThat(Files.size(directory.resolve("processes"))).isLessThan(300_000);
    assertThat(left("b")).containsExactly("steady");
  }
}
