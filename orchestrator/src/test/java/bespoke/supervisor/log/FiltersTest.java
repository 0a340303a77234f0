package bespoke.supervisor.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FiltersTest {
  @TempDir Path directory;

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.UTF_8);
  }

  @Test
  void captureWorksHoweverTheOutputIsCut() {
    String output = "a<!--XSUPERVISOR:BEGIN-->secret<!--XSUPERVISOR:END-->b";
    for (int cut = 0; cut <= output.length(); cut++) {
      var filter = new CaptureFilter(100);
      CaptureFilter.Result first = filter.feed(bytes(output.substring(0, cut)));
      CaptureFilter.Result second = filter.feed(bytes(output.substring(cut)));
      assertThat(text(first.plain()) + text(second.plain())).isEqualTo("ab");
      assertThat(first.messages().size() + second.messages().size()).isEqualTo(1);
    }
  }

  @Test
  void aFullCaptureBufferKeepsTheNewestBytes() {
    CaptureFilter.Result result =
        new CaptureFilter(4).feed(bytes("<!--XSUPERVISOR:BEGIN-->123456789<!--XSUPERVISOR:END-->"));
    assertThat(text(result.messages().getFirst())).isEqualTo("6789");
  }

  @Test
  void coloursAreRemovedAlsoAcrossReads() {
    var filter = new AnsiFilter();
    assertThat(text(filter.feed(bytes("\u001b[3"))) + text(filter.feed(bytes("1mred\u001b[0m ["))))
        .isEqualTo("red [");
  }

  @Test
  void aFileIsRotatedAndTheOldestIsDropped() throws IOException {
    Path log = directory.resolve("log");
    try (var file = new RotatingFile(log, 4, 2)) {
      for (String line : new String[] {"aaaa", "bbbb", "cccc", "dd"}) {
        file.write(bytes(line));
      }
    }
    assertThat(Files.readString(log)).isEqualTo("dd");
    assertThat(Files.readString(directory.resolve("log.1"))).isEqualTo("cccc");
    assertThat(Files.readString(directory.resolve("log.2"))).isEqualTo("bbbb");
    assertThat(directory.resolve("log.3")).doesNotExist();
  }

  @Test
  void aLogThatCannotBeWrittenIsTriedAgain() throws IOException {
    Path missing = directory.resolve("missing");
    try (var file = new RotatingFile(missing.resolve("log"), 0, 0)) {
      file.write(bytes("lost"));
      assertThat(file.failure()).isPresent();
      assertThat(file.lostBytes()).isEqualTo(4);
      Files.createDirectory(missing);
      file.write(bytes("kept"));
    }
    assertThat(Files.readString(missing.resolve("log"))).isEqualTo("kept");
  }

  @Test
  void tailsTellHowFarTheyGot() throws IOException {
    Path log = directory.resolve("log");
    Files.writeString(log, "0123456789");
    assertThat(LogReader.tail(log, 0, 4)).isEqualTo(new LogReader.Tail("6789", 10, true));
    assertThat(LogReader.tail(log, 10, 4)).isEqualTo(new LogReader.Tail("", 10, false));
    assertThat(LogReader.read(log, -3, 0)).isEqualTo("789");
  }
}
