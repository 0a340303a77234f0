package bespoke.manifest.smf;

import bespoke.manifest.FormatReader;
import bespoke.manifest.ManifestFile;
import bespoke.manifest.SourceFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/// Reads SMF's XML (smf.md 9): manifests and archives for import, profiles for apply.
///
/// A file that another of the offered ones includes only adds to that one.
public final class SmfFormat implements FormatReader {

  /// The format's name.
  public static final String NAME = "smf";

  /// The largest file that is read, in bytes.
  public static final int SIZE_BYTES_MAX = 4 * 1024 * 1024;

  private static final int HEAD_BYTES = 64 * 1024;

  private final Predicate<String> isThere;
  private final ServicePorts ports;

  /// Looks on this machine for the programs that methods name.
  public SmfFormat() {
    this(path -> Files.exists(Path.of(path)), ServicePorts.in(Path.of("/etc/services")));
  }

  /// @param isThere whether an absolute path exists
  public SmfFormat(Predicate<String> isThere) {
    this(isThere, (_, _) -> Optional.empty());
  }

  /// @param ports what services(5) says
  SmfFormat(Predicate<String> isThere, ServicePorts ports) {
    this.isThere = isThere;
    this.ports = ports;
  }

  @Override
  public String format() {
    return NAME;
  }

  @Override
  public boolean recognizes(SourceFile file) {
    int length = Math.min(file.bytes().length, HEAD_BYTES);
    String head = new String(file.bytes(), 0, length, StandardCharsets.ISO_8859_1);
    return head.indexOf('<') >= 0 && head.replace("\0", "").contains("<service_bundle");
  }

  @Override
  public List<ManifestFile> read(List<SourceFile> files) {
    return read(files, BundleReading.Purpose.IMPORT);
  }

  @Override
  public List<ManifestFile> readProfiles(List<SourceFile> files) {
    return read(files, BundleReading.Purpose.APPLY);
  }

  private List<ManifestFile> read(List<SourceFile> files, BundleReading.Purpose purpose) {
    Map<Path, SourceFile> offered = new HashMap<>();
    files.forEach(file -> offered.put(Path.of(file.name()).normalize(), file));
    Set<Path> included = new HashSet<>();
    Map<SourceFile, ManifestFile> results = new HashMap<>();
    for (SourceFile file : files) {
      if (!file.companion()) {
        Findings findings = new Findings();
        Includes includes = new Includes(offered, findings);
        BundleReading reading = new BundleReading(purpose, findings, isThere, ports);
        XmlElement root = includes.tree(file);
        if (root != null) {
          reading.root(root);
        }
        included.addAll(includes.included());
        results.put(
            file,
            new ManifestFile(
                file.name(),
                "",
                findings.hasProblems() ? List.of() : reading.services(),
                findings.problems(),
                findings.notes(),
                findings.marks(),
                NAME));
      }
    }
    return files.stream()
        .map(file ->
            included.contains(Path.of(file.name()).normalize())
                ? nothing(file)
                : results.getOrDefault(file, nothing(file)))
        .toList();
  }

  private static ManifestFile nothing(SourceFile file) {
    return new ManifestFile(file.name(), "", List.of(), List.of());
  }
}
