package bespoke.cli;

import bespoke.api.Outcome;
import bespoke.api.Request;
import bespoke.api.TextRecord;
import bespoke.cli.client.DaemonUnreachableException;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.channels.Channels;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Base64;
import java.util.List;
import java.util.Set;

/// `svcadm report FILE`: the report is the caller's alone to read, until it is sent away.
final class SvcadmReport {
  private static final FileAttribute<?> PRIVATE =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));

  private final Session session;

  SvcadmReport(Session session) {
    this.session = session;
  }

  int run(List<String> operands) throws DaemonUnreachableException {
    if (operands.size() != 1) {
      throw new UsageException("report needs one file");
    }
    Path file = Path.of(operands.getFirst());
    session.connection(); // before a file is made
    try {
      Outcome outcome = write(file);
      if (outcome.status() != 0) {
        Files.deleteIfExists(file);
        return session.finish(outcome);
      }
      session.print(
          file
              + ": "
              + ((Files.size(file) + 1023) >> 10)
              + " KiB. Passwords, keys, tokens and environment values were removed as far as a"
              + " program can know them:\nlook through it before you send it (unzip -l "
              + file
              + "). svc.startd --replay "
              + file
              + " repeats what happened.\n");
      return ExitStatus.OK;
    } catch (FileAlreadyExistsException e) {
      session.error(file + " exists already; name another file");
      return ExitStatus.FAILED;
    } catch (IOException | UncheckedIOException e) {
      session.error("cannot write " + file + ": " + e.getMessage());
      return ExitStatus.FAILED;
    }
  }

  private Outcome write(Path file) throws IOException, DaemonUnreachableException {
    Set<StandardOpenOption> anew = Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    try (OutputStream out = Channels.newOutputStream(Files.newByteChannel(file, anew, PRIVATE))) {
      return session.call(
          new Request.Report(),
          (kind, fields) -> {
            if (kind.equals("text")) {
              piece(out, TextRecord.from(fields).text());
            }
          });
    }
  }

  private static void piece(OutputStream out, String base64) {
    try {
      out.write(Base64.getDecoder().decode(base64));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
