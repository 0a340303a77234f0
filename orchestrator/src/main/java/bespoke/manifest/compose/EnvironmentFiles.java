package bespoke.manifest.compose;

import bespoke.manifest.Fidelity;
import bespoke.manifest.SourceFile;
import bespoke.model.Origin;
import java.nio.charset.StandardCharsets;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The files of variables that were offered beside a compose file: `.env` and those of `env_file`.
final class EnvironmentFiles {
  private final Path directory;
  private final Map<Path, SourceFile> companions = new HashMap<>();

  EnvironmentFiles(String composeFile, List<SourceFile> offered) {
    directory = Optional.ofNullable(path(composeFile).getParent()).orElse(Path.of(""));
    offered.stream()
        .filter(SourceFile::companion)
        .forEach(file -> companions.put(path(file.name()), file));
  }

  private static Path path(String name) {
    try {
      return Path.of(name).normalize();
    } catch (InvalidPathException e) {
      return Path.of("invalid");
    }
  }

  /// The variables of `.env`.
  Map<String, String> dotEnv() {
    return read(directory.resolve(".env").normalize(), Map.of(), Interpolation.SILENT)
        .orElse(Map.of());
  }

  private Optional<Map<String, String>> read(
      Path file, Map<String, String> outer, Interpolation.Listener listener) {
    return Optional.ofNullable(companions.get(file))
        .map(found ->
            EnvText.read(new String(found.bytes(), StandardCharsets.UTF_8), outer, listener));
  }

  /// The variables of a service's `env_file`, the later over the earlier.
  Map<String, String> of(Node.Fields service, Reading reading) {
    Map<String, String> all = new LinkedHashMap<>();
    Node node = service.value("env_file");
    List<Node> entries = node instanceof Node.Items items ? items.list() : one(node);
    for (Node entry : entries) {
      Node path = entry instanceof Node.Fields fields ? fields.value("path") : entry;
      boolean required =
          !(entry instanceof Node.Fields fields) || reading.flag(fields.value("required"), true);
      reading.text(path).ifPresent(text -> add(text, required, entry.at(), reading, all));
    }
    return all;
  }

  private static List<Node> one(@Nullable Node node) {
    return node == null ? List.of() : List.of(node);
  }

  private void add(
      String text, boolean required, Origin.File at, Reading reading, Map<String, String> all) {
    Optional<Map<String, String>> read =
        read(directory.resolve(path(text)).normalize(), reading.variables(), reading.listener(at));
    if (read.isPresent()) {
      all.putAll(read.get());
      reading
          .report()
          .note(
              Fidelity.APPROXIMATED,
              at,
              text,
              "its variables are taken in now; import again when it changes");
    } else if (required) {
      reading
          .report()
          .problem(
              at,
              "cannot find the file of variables \"" + text + "\"",
              "it has to lie in the directory of the compose file or below");
    } else {
      reading.report().note(Fidelity.EXACT, at, text, "is not there, and need not be");
    }
  }
}
