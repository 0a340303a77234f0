package bespoke.manifest.yaml;

import bespoke.manifest.FormatReader;
import bespoke.manifest.ManifestFile;
import bespoke.manifest.ManifestReading;
import bespoke.manifest.SourceFile;
import java.util.List;
import java.util.function.BiFunction;
import java.util.stream.Stream;

/// bespoke's own format, of which nothing is ever lost.
public final class YamlFormat implements FormatReader {

  /// Fewer files than this are read one after the other.
  private static final int PARALLEL_MIN = 64;

  @Override
  public String format() {
    return "yaml";
  }

  @Override
  public boolean recognizes(SourceFile file) {
    return file.name().endsWith(".yaml") || file.name().endsWith(".yml");
  }

  @Override
  public List<ManifestFile> read(List<SourceFile> files) {
    return read(files, YamlReader::read);
  }

  @Override
  public List<ManifestFile> readProfiles(List<SourceFile> files) {
    return read(files, YamlReader::readProfile);
  }

  private static List<ManifestFile> read(
      List<SourceFile> files, BiFunction<String, byte[], ManifestReading> reader) {
    Stream<SourceFile> each = files.size() < PARALLEL_MIN ? files.stream() : files.parallelStream();
    return each.map(file -> file.companion() ? nothing(file) : read(file, reader)).toList();
  }

  private static ManifestFile nothing(SourceFile companion) {
    return new ManifestFile(companion.name(), "", List.of(), List.of());
  }

  private static ManifestFile read(
      SourceFile file, BiFunction<String, byte[], ManifestReading> reader) {
    ManifestReading reading = reader.apply(file.name(), file.bytes());
    return new ManifestFile(file.name(), "", reading.services(), reading.problems());
  }
}
