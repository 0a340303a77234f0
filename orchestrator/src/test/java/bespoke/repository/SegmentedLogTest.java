package bespoke.repository;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SegmentedLogTest {

  @TempDir private Path directory;

  private static RecordWriter text(String text) {
    return new RecordWriter(16).text(text);
  }

  @Test
  void oldSegmentsAreDroppedAndTheRestIsFoundByNumber() throws IOException {
    try (SegmentedLog log = SegmentedLog.open(directory, 200, 3)) {
      for (int i = 1; i <= 100; i++) {
        log.append(i, text("record " + i));
        log.flush();
      }
      List<LogSegment.Handle> segments = log.segments();
      assertThat(segments).hasSize(3);
      LogSegment last = segments.get(1).read();
      assertThat(last.record(last.find(last.lastNumber())).text())
          .isEqualTo("record " + last.lastNumber());
    }
    try (Stream<Path> files = Files.list(directory)) {
      assertThat(files.mapToLong(file -> file.toFile().length()).sum()).isLessThan(800);
    }
    try (SegmentedLog log = SegmentedLog.open(directory, 200, 3)) {
      assertThat(log.last()).isEqualTo(100);
    }
  }

  @Test
  void whatWasNotFlushedIsNotThere() throws IOException {
    try (SegmentedLog log = SegmentedLog.open(directory, 1000, 3)) {
      log.append(1, text("a"));
      assertThat(log.segments().getFirst().read().count()).isZero();
      log.force();
      assertThat(log.segments().getFirst().read().count()).isEqualTo(1);
    }
  }
}
