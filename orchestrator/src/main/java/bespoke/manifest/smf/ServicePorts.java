package bespoke.manifest.smf;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/// The ports of services by name: services(5).
@FunctionalInterface
interface ServicePorts {

  /// The port of a service.
  ///
  /// @param name or alias
  /// @param protocol `tcp` or `udp`
  Optional<Integer> port(String name, String protocol);

  /// Those of a file, which is read when somebody asks; without the file nothing is known.
  static ServicePorts in(Path file) {
    return (name, protocol) -> {
      try (InputStream in = Files.newInputStream(file)) {
        String text = new String(in.readNBytes(1024 * 1024), StandardCharsets.ISO_8859_1);
        return text.lines().flatMap(line -> port(line, name, protocol).stream()).findFirst();
      } catch (IOException unknown) {
        return Optional.empty();
      }
    };
  }

  private static Optional<Integer> port(String line, String name, String protocol) {
    List<String> words = Arrays.asList(line.replaceFirst("#.*", "").strip().split("[ \t]+"));
    if (words.size() < 2 || !words.get(1).matches("[0-9]{1,5}/" + protocol)) {
      return Optional.empty();
    }
    boolean named = words.getFirst().equals(name) || words.subList(2, words.size()).contains(name);
    int slash = words.get(1).indexOf('/');
    return named
        ? Optional.of(Integer.parseInt(words.get(1).substring(0, slash)))
        : Optional.empty();
  }
}
