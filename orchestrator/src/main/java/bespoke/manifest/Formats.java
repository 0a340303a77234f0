package bespoke.manifest;

import bespoke.manifest.smf.SmfFormat;
import bespoke.manifest.yaml.YamlFormat;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;

/// The formats that are read, and which file is of which.
///
/// The first reader that recognizes a file gets it, together with all others of its format. What
/// nobody recognizes is taken for XML or YAML, by its name, when a person named it.
public final class Formats {

  private static final FormatReader SMF = new SmfFormat();
  private static final FormatReader YAML = new YamlFormat();

  /// What this package reads by itself.
  public static final Formats OWN = new Formats(List.of());

  private final List<FormatReader> readers;

  /// @param foreign in the order in which they are asked; SMF's XML and YAML are asked last
  public Formats(List<FormatReader> foreign) {
    List<FormatReader> all = new ArrayList<>(foreign);
    all.add(SMF);
    all.add(YAML);
    this.readers = List.copyOf(all);
  }

  /// The words for `--format`.
  public List<String> names() {
    return readers.stream().map(FormatReader::format).toList();
  }

  /// Whether there is a format of that name; the empty name means that files are recognized.
  public boolean isFormat(String name) {
    return name.isEmpty() || names().contains(name);
  }

  /// The reader that recognizes a file.
  public Optional<FormatReader> recognizing(SourceFile file) {
    return readers.stream().filter(reader -> reader.recognizes(file)).findFirst();
  }

  /// Reads files that are given together; problems that only show in several of them are found,
  /// too.
  ///
  /// @param format of all of them, or empty to recognize each
  /// @return the files in their order; a companion only when it has something to say
  public List<ManifestFile> read(List<SourceFile> files, String format) {
    return BundleCheck.check(all(files, format, FormatReader::read));
  }

  /// Reads profiles that are given together.
  public List<ManifestFile> readProfiles(List<SourceFile> files, String format) {
    return BundleCheck.check(all(files, format, FormatReader::readProfiles));
  }

  private List<ManifestFile> all(
      List<SourceFile> files,
      String format,
      BiFunction<FormatReader, List<SourceFile>, List<ManifestFile>> reading) {
    List<SourceFile> companions = files.stream().filter(SourceFile::companion).toList();
    Map<FormatReader, List<SourceFile>> byReader = new LinkedHashMap<>();
    for (SourceFile file : files) {
      if (!file.companion()) {
        byReader.computeIfAbsent(reader(file, format), _ -> new ArrayList<>()).add(file);
      }
    }
    Map<SourceFile, ManifestFile> read = new HashMap<>();
    byReader.forEach((reader, offered) -> {
      List<SourceFile> together = new ArrayList<>(offered);
      together.addAll(companions);
      List<ManifestFile> results = reading.apply(reader, together);
      for (int i = 0; i < results.size(); i++) {
        SourceFile source = together.get(i);
        ManifestFile result = results.get(i).of(reader.format(), sha256(source.bytes()));
        if (!source.companion() || !isSilent(result)) {
          read.putIfAbsent(source, result);
        }
      }
    });
    return files.stream().filter(read::containsKey).map(read::get).toList();
  }

  private static boolean isSilent(ManifestFile file) {
    return file.services().isEmpty() && file.problems().isEmpty() && file.notes().isEmpty();
  }

  private FormatReader reader(SourceFile file, String format) {
    return format.isEmpty()
        ? recognizing(file).orElse(file.name().endsWith(".xml") ? SMF : YAML)
        : readers.stream()
            .filter(reader -> reader.format().equals(format))
            .findFirst()
            .orElseThrow(() -> new IllegalArgumentException("no format " + format));
  }

  static String sha256(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
