package bespoke.daemon;

import bespoke.manifest.Formats;
import bespoke.manifest.ManifestBundle;
import bespoke.manifest.ManifestFile;
import bespoke.manifest.SourceFile;
import bespoke.model.Fmri;
import bespoke.model.InstanceFmri;
import bespoke.model.Property;
import bespoke.model.PropertyGroup;
import bespoke.model.ServiceDescription;
import bespoke.model.ServiceFmri;
import bespoke.repository.Repository;
import bespoke.repository.RepositoryException;
import bespoke.repository.RootLock;
import bespoke.repository.RootLockedException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/// Descriptions on their way through a repository, and the files that tests send there.
final class SmfBundles {

  private static final Path OWN = Path.of("src/test/resources/smf/manifests");

  private SmfBundles() {}

  /// Our own manifests, and those of a corpus if there is one: the directory that the system
  /// property `bespoke.corpus` names, or `../shared/corpus` beside the checkout.
  static List<Path> files() throws IOException {
    List<Path> files = new ArrayList<>(below(OWN));
    String named = System.getProperty("bespoke.corpus", "");
    Path corpus = named.isEmpty() ? Path.of("../../shared/corpus") : Path.of(named);
    if (Files.isDirectory(corpus)) {
      files.addAll(below(corpus));
    }
    return files;
  }

  private static List<Path> below(Path directory) throws IOException {
    try (Stream<Path> tree = Files.walk(directory)) {
      List<Path> found = new ArrayList<>();
      for (Path file : tree.filter(path -> path.toString().endsWith(".xml")).sorted().toList()) {
        String text = new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
        if (text.contains("<service_bundle") && !text.contains("<!ENTITY")) {
          found.add(file);
        }
      }
      return found;
    }
  }

  /// The file as it is read, with its neighbours to include.
  static ManifestFile read(Path file) throws IOException {
    List<SourceFile> offered = new ArrayList<>();
    offered.add(new SourceFile(file.toString(), Files.readAllBytes(file)));
    Path directory = file.getParent();
    if (directory != null
        && Files.readString(file, StandardCharsets.ISO_8859_1).contains("include")) {
      for (Path other : below(directory)) {
        if (!other.equals(file)) {
          offered.add(new SourceFile(other.toString(), Files.readAllBytes(other), "", true));
        }
      }
    }
    return isProfile(file)
        ? Formats.OWN.readProfiles(offered, "").getFirst()
        : Formats.OWN.read(offered, "").getFirst();
  }

  private static boolean isProfile(Path file) throws IOException {
    String text = Files.readString(file, StandardCharsets.ISO_8859_1);
    return text.matches("(?s).*<service_bundle[^>]*type\\s*=\\s*['\"]profile.*");
  }

  static ManifestFile read(String name, String text) {
    SourceFile file = new SourceFile(name, text.getBytes(StandardCharsets.UTF_8));
    return Formats.OWN.read(List.of(file), "").getFirst();
  }

  /// What a repository holds after an import.
  ///
  /// @param descriptions as they are exported
  /// @param dump a line for every property, in the order of names
  record Stored(List<ServiceDescription> descriptions, List<String> dump) {}

  /// Imports a file into a new repository.
  static Stored imported(ManifestFile file, Path root) throws IOException, RepositoryException {
    Files.createDirectories(root);
    try (RootLock lock = RootLock.acquire(root);
        Repository repository = Repository.open(lock)) {
      ManifestBundle bundle = new ManifestBundle(List.of(file), List.of());
      repository.importServices(bundle.services(), ImportMarks.options(bundle.marks()));
      return new Stored(new Descriptions(repository).all(repository.services()), dump(repository));
    } catch (RootLockedException e) {
      throw new IOException(e);
    }
  }

  private static List<String> dump(Repository repository) throws RepositoryException {
    Set<String> lines = new TreeSet<>();
    for (ServiceFmri service : repository.services()) {
      dump(repository, service, lines);
      for (InstanceFmri instance : repository.instances(service)) {
        dump(repository, instance, lines);
      }
    }
    return List.copyOf(lines);
  }

  private static void dump(Repository repository, Fmri entity, Set<String> lines)
      throws RepositoryException {
    lines.add(entity.toString());
    for (PropertyGroup group : repository.own(entity).byName().values()) {
      lines.add(entity + " " + group.name() + " " + group.type());
      for (Property property : group.properties().values()) {
        lines.add(
            entity
                + " "
                + group.name()
                + "/"
                + property.name()
                + " "
                + property.type()
                + " "
                + property.values());
      }
    }
  }
}
