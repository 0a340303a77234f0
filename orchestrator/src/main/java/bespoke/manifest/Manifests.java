package bespoke.manifest;

import bespoke.manifest.yaml.YamlReader;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;

/// Loads manifests from files and directories.
public final class Manifests {

  /// Fewer files than this are read one after the other.
  private static final int PARALLEL_MIN = 64;

  private Manifests() {}

  /// Loads files, and everything in directories that ends in `.yaml` or `.yml`, sorted by name.
  ///
  /// Nothing is thrown for what is there or not: problems are part of the result. Mistakes that
  /// only show in several files, such as an instance described twice, are problems of the later
  /// one.
  ///
  /// @param operands files (read whatever their name is) and directories (searched below, symbolic
  ///   links followed, hidden files skipped)
  public static ManifestBundle load(List<Path> operands) {
    ManifestSearch search = new ManifestSearch();
    operands.forEach(search::add);
    List<Path> paths = search.files();
    List<ManifestFile> files =
        paths.size() < PARALLEL_MIN
            ? paths.stream().map(Manifests::read).toList()
            : paths.parallelStream().map(Manifests::read).toList();
    return new ManifestBundle(BundleCheck.check(files), search.problems());
  }

  /// Finds what [#load] would read, without reading it.
  public static FoundManifests find(List<Path> operands) {
    ManifestSearch search = new ManifestSearch();
    operands.forEach(search::add);
    return new FoundManifests(search.files(), search.problems());
  }

  /// Reads one manifest that is not a file, such as one that came over the control socket.
  ///
  /// @param name for messages and origins
  public static ManifestFile read(String name, byte[] bytes) {
    return checked(name, bytes, YamlReader.read(name, bytes));
  }

  /// Reads one profile: a manifest in which an instance that says nothing about `enabled` leaves it
  /// as it is.
  ///
  /// @param name for messages and origins
  public static ManifestFile readProfile(String name, byte[] bytes) {
    return checked(name, bytes, YamlReader.readProfile(name, bytes));
  }

  private static ManifestFile checked(String name, byte[] bytes, ManifestReading reading) {
    ManifestFile file =
        new ManifestFile(name, sha256(bytes), reading.services(), reading.problems());
    return BundleCheck.check(List.of(file)).getFirst();
  }

  private static ManifestFile read(Path path) {
    String name = path.toString();
    try (InputStream in = Files.newInputStream(path)) {
      byte[] bytes = in.readNBytes(YamlReader.SIZE_BYTES_MAX + 1);
      ManifestReading reading = YamlReader.read(name, bytes);
      return new ManifestFile(name, sha256(bytes), reading.services(), reading.problems());
    } catch (IOException e) {
      return new ManifestFile(name, "", List.of(), List.of(unreadable(name, e)));
    }
  }

  static Problem unreadable(String name, IOException e) {
    String reason =
        switch (e) {
          case NoSuchFileException _ -> "there is no such file";
          case AccessDeniedException _ -> "permission denied";
          default -> e.getMessage() == null ? e.toString() : e.getMessage();
        };
    return new Problem(name, 1, 1, "cannot read it: " + reason, "");
  }

  private static String sha256(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
