package bespoke.daemon;

import bespoke.journal.JournalSlice;
import bespoke.journal.report.Redaction;
import bespoke.journal.report.Secrets;
import bespoke.model.Dependency;
import bespoke.model.Entity;
import bespoke.model.InstanceFmri;
import bespoke.model.InstanceStatus;
import bespoke.model.Property;
import bespoke.model.PropertyGroup;
import bespoke.model.PropertyGroups;
import bespoke.model.RuntimeState;
import bespoke.repository.Repository;
import bespoke.repository.RepositoryException;
import java.io.IOException;
import java.io.OutputStream;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/// Everything that somebody far away needs to understand a machine, as one zip archive: graph,
/// states, configuration, journal, the ends of the logs. Without environment values and without
/// what looks like a secret, and bounded: the journal has its own limit, logs have theirs here.
final class ReportArchive {
  /// The name of the part that a replay reads.
  static final String JOURNAL = "journal";

  /// How much of the end of each log is taken.
  static final int LOG_BYTES_MAX = 64 << 10;

  private static final int LOGS_MAX = 200;

  private static final String README =
      """
      A report of bespoke, to be sent to somebody who helps.

        states.txt          every instance and how it is
        graph.dot           who depends on whom (Graphviz)
        configuration.txt   every property
        journal             what happened and what the engine decided, since the last start of the
                            daemon that is remembered; svc.startd --replay FILE repeats it
        log/                the ends of the logs

      Environment values, and what looks like a password, a key or a token, were removed. No program
      can know every secret: look through it before you send it away.
      """;

  private final JournalHistory history;
  private final Repository repository;
  private final Path logs;
  private final String machine;

  /// @param logs directory of the logs
  /// @param machine a few lines about this machine and release
  ReportArchive(JournalHistory history, Repository repository, Path logs, String machine) {
    this.history = history;
    this.repository = repository;
    this.logs = logs;
    this.machine = machine;
  }

  /// Writes it.
  ///
  /// @param out stays the caller's
  void write(List<InstanceStatus> statuses, OutputStream out) throws IOException {
    ZipOutputStream zip = new ZipOutputStream(out, StandardCharsets.UTF_8);
    text(zip, "README.txt", README + "\n" + machine);
    text(zip, "states.txt", states(statuses));
    text(zip, "graph.dot", graph(statuses));
    text(zip, "configuration.txt", configuration(statuses));
    zip.putNextEntry(new ZipEntry(JOURNAL));
    journal(zip);
    zip.closeEntry();
    logs(zip);
    zip.finish();
  }

  private static void text(ZipOutputStream zip, String name, String text) throws IOException {
    zip.putNextEntry(new ZipEntry(name));
    zip.write(text.getBytes(StandardCharsets.UTF_8));
    zip.closeEntry();
  }

  private static String states(List<InstanceStatus> statuses) {
    StringBuilder text = new StringBuilder();
    for (InstanceStatus status : statuses) {
      RuntimeState runtime = status.runtime();
      text.append(status.fmri()).append("\n  ").append(runtime.state());
      text.append(runtime.next() == null ? "" : " to " + runtime.next());
      text.append(" (").append(runtime.auxiliary()).append("), ");
      text.append(status.enabled().effective() ? "enabled" : "disabled").append('\n');
      String detail = Secrets.remove(runtime.detail());
      text.append(detail.isEmpty() ? "" : "  " + detail + "\n");
    }
    return text.toString();
  }

  private static String graph(List<InstanceStatus> statuses) {
    StringBuilder text = new StringBuilder("digraph services {\n");
    for (InstanceStatus status : statuses) {
      text.append("  \"").append(status.fmri()).append("\";\n");
      for (Dependency dependency : status.definition().dependencies()) {
        for (Entity entity : dependency.entities()) {
          text.append("  \"").append(status.fmri()).append("\" -> \"").append(entity);
          text.append("\" [label=\"").append(dependency.grouping()).append('/');
          text.append(dependency.restartOn()).append("\"];\n");
        }
      }
    }
    return text.append("}\n").toString();
  }

  private String configuration(List<InstanceStatus> statuses) throws RepositoryException {
    StringBuilder text = new StringBuilder();
    for (InstanceStatus status : statuses) {
      InstanceFmri fmri = status.fmri();
      PropertyGroups groups = repository.running(fmri);
      new TreeMap<>(groups.byName()).forEach((name, group) -> group(text, fmri, group));
    }
    return text.toString();
  }

  private static void group(StringBuilder text, InstanceFmri fmri, PropertyGroup group) {
    boolean isClosed = group.property("read_authorization").isPresent();
    for (Property property : group.properties().values()) {
      boolean isSecret =
          isClosed
              || property.name().equals("environment")
              || Secrets.isSecretName(property.name())
              || Secrets.isSecretName(group.name());
      List<String> values =
          isSecret
              ? List.of(Secrets.REMOVED)
              : property.values().stream().map(Secrets::remove).toList();
      text.append(fmri).append(' ').append(group.name()).append('/').append(property.name());
      text.append(' ').append(property.type()).append(' ');
      text.append(String.join(" ", values).replace('\n', ' ')).append('\n');
    }
  }

  private void journal(OutputStream out) throws IOException {
    JournalSlice slice = new JournalSlice(out);
    try {
      history.forEach(entry -> {
        try {
          slice.write(Redaction.of(entry));
          return true;
        } catch (IOException e) {
          throw new UncheckedIOException(e);
        }
      });
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  private void logs(ZipOutputStream zip) throws IOException {
    List<Path> files = new ArrayList<>();
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(logs, "*.log")) {
      entries.forEach(files::add);
    }
    files.sort((a, b) -> Long.compare(lastModified(b), lastModified(a)));
    for (Path file : files.subList(0, Math.min(files.size(), LOGS_MAX))) {
      if (Files.isRegularFile(file)) {
        text(zip, "log/" + file.getFileName(), Secrets.remove(end(file)));
      }
    }
  }

  private static long lastModified(Path file) {
    try {
      return Files.getLastModifiedTime(file).toMillis();
    } catch (IOException gone) {
      return 0;
    }
  }

  /// The end of a file, from the beginning of a line.
  private static String end(Path file) throws IOException {
    try (RandomAccessFile in = new RandomAccessFile(file.toFile(), "r")) {
      long length = in.length();
      long from = Math.max(0, length - LOG_BYTES_MAX);
      byte[] bytes = new byte[(int) (length - from)];
      in.seek(from);
      int read = Math.max(0, in.read(bytes));
      String text = new String(bytes, 0, read, StandardCharsets.UTF_8);
      return from == 0 ? text : text.substring(text.indexOf('\n') + 1);
    }
  }
}
