package bespoke.cli;

import static org.assertj.core.api.Assertions.assertThat;

import bespoke.api.ErrorKind;
import bespoke.api.Outcome;
import bespoke.api.TextRecord;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SvcadmReportTest {

  @TempDir Path root;
  private FakeDaemon daemon;
  private Path file;

  @BeforeEach
  void start() throws IOException {
    daemon = new FakeDaemon(root);
    file = root.resolve("report.zip");
  }

  @AfterEach
  void stop() throws IOException {
    daemon.close();
  }

  private static TextRecord piece(String text) {
    return new TextRecord(
        Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8)));
  }

  @Test
  void theReportIsForItsOwnerAlone() throws IOException {
    daemon.answering(request -> List.of(piece("one,"), piece("two"), Outcome.OK));
    Shell.Result result = new Shell(root).run("svcadm report " + file);
    assertThat(result.status()).isZero();
    assertThat(result.out()).contains("look through it before you send it");
    assertThat(file).hasContent("one,two");
    assertThat(Files.getPosixFilePermissions(file))
        .isEqualTo(PosixFilePermissions.fromString("rw-------"));
  }

  @Test
  void aFileThatExistsIsLeftAlone() throws IOException {
    Files.writeString(file, "mine");
    daemon.answering(request -> List.of(piece("theirs"), Outcome.OK));
    Shell.Result result = new Shell(root).run("svcadm report " + file);
    assertThat(result.status()).isEqualTo(1);
    assertThat(result.err()).contains("exists already");
    assertThat(file).hasContent("mine");
  }

  @Test
  void whatWasRefusedLeavesNoFile() {
    daemon.answering(request -> List.of(Outcome.failed(ErrorKind.PERMISSION, "no")));
    assertThat(new Shell(root).run("svcadm report " + file).status()).isNotZero();
    assertThat(file).doesNotExist();
    assertThat(new Shell(root).run("svcadm report").status()).isEqualTo(2);
  }
}
