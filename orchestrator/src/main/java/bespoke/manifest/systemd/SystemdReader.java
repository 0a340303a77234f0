package bespoke.manifest.systemd;

import bespoke.manifest.FormatReader;
import bespoke.manifest.ImportNote;
import bespoke.manifest.ManifestFile;
import bespoke.manifest.SourceFile;
import bespoke.model.ServiceDescription;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/// Reads systemd's units; `docs/systemd.md` says what becomes of each directive.
public final class SystemdReader implements FormatReader {

  /// How much of a file is looked at to recognize it, in bytes.
  private static final int HEAD_BYTES = 4096;

  private static final Pattern SECTION =
      Pattern.compile(
          "\\[(Unit|Service|Install|Socket|Timer|Path|Target|Mount|Automount|Swap|Slice|Scope|"
              + "Device|X-[^\\]]*)\\]\\s*");

  private final PasswordFile passwords;

  /// Asks this machine who may log in.
  public SystemdReader() {
    this(PasswordFile.at(Path.of("/etc/passwd")));
  }

  SystemdReader(PasswordFile passwords) {
    this.passwords = passwords;
  }

  @Override
  public String format() {
    return "systemd";
  }

  /// By its name, and its first section: a D-Bus or Avahi `.service` is none of ours.
  @Override
  public boolean recognizes(SourceFile file) {
    if (Place.of(file.name()).isEmpty()) {
      return false;
    }
    if (!file.linkTarget().isEmpty() || file.bytes().length == 0) {
      return true;
    }
    int length = Math.min(file.bytes().length, HEAD_BYTES);
    Optional<String> first =
        new String(file.bytes(), 0, length, StandardCharsets.UTF_8)
            .lines()
            .map(line -> line.replace("\uFEFF", "").strip())
            .filter(line -> !line.isEmpty() && !line.startsWith("#") && !line.startsWith(";"))
            .findFirst();
    return first.isEmpty() || SECTION.matcher(first.get()).matches();
  }

  @Override
  public List<ManifestFile> read(List<SourceFile> files) {
    Report report = new Report();
    Map<String, List<ServiceDescription>> services =
        new Descriptions(files, report, passwords).byFile();
    Map<String, List<ImportNote>> notes = report.notesByFile();
    return files.stream()
        .map(file ->
            new ManifestFile(
                file.name(),
                "",
                services.getOrDefault(file.name(), List.of()),
                report.problems(file.name()),
                notes.getOrDefault(file.name(), List.of())))
        .toList();
  }
}
