package bespoke.manifest.yaml;

import bespoke.manifest.ManifestReading;
import bespoke.manifest.Problems;
import bespoke.manifest.yaml.TextParts.Part;
import bespoke.model.ServiceDescription;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Reads a YAML manifest (DESIGN 7).
public final class YamlReader {

  /// The largest file that is read, in bytes; its descriptions take about ten times as much memory.
  public static final int SIZE_BYTES_MAX = 4 * 1024 * 1024;

  /// Parts of a large file that are read at the same time.
  private static final int PARTS_MAX = Math.min(4, Runtime.getRuntime().availableProcessors());

  private YamlReader() {}

  /// Reads a file's bytes.
  ///
  /// @param file its name, for messages and origins
  /// @return the services and every problem; never an exception for what the bytes are
  public static ManifestReading read(String file, byte[] bytes) {
    return read(file, bytes, Optional.of(false));
  }

  /// Reads a profile: as a manifest, but an instance that says nothing about `enabled` says
  /// nothing.
  ///
  /// @param file its name, for messages and origins
  public static ManifestReading readProfile(String file, byte[] bytes) {
    return read(file, bytes, Optional.empty());
  }

  private static ManifestReading read(String file, byte[] bytes, Optional<Boolean> unsaid) {
    Problems problems = new Problems(file);
    List<ServiceDescription> services = new ArrayList<>();
    if (bytes.length > SIZE_BYTES_MAX) {
      String size = "cannot read a manifest of " + bytes.length + " bytes";
      problems.add(1, 1, size, "split it; the limit is " + SIZE_BYTES_MAX);
    } else {
      String text = YamlText.decode(bytes, problems);
      if (text != null) {
        for (PartReader part : readParts(file, TextParts.of(text, PARTS_MAX), unsaid)) {
          services.addAll(part.services());
          problems.addAll(part.problems());
        }
      }
    }
    return new ManifestReading(services, problems.sorted());
  }

  private static List<PartReader> readParts(
      String file, List<Part> parts, Optional<Boolean> unsaid) {
    return parts.size() == 1
        ? List.of(PartReader.read(file, parts.getFirst(), unsaid))
        : parts.parallelStream().map(part -> PartReader.read(file, part, unsaid)).toList();
  }
}
