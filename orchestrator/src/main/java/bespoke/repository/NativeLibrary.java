package bespoke.repository;

import java.io.IOException;
import java.io.InputStream;
import java.net.JarURLConnection;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;
import org.sqlite.util.LibraryLoaderUtil;

/// Keeps SQLite's native library unpacked under the root.
///
/// sqlite-jdbc would unpack it into the temporary directory at each start, which costs time and
/// leaves rubbish behind after `kill -9`. Here it is unpacked once, in a directory of mode 0700,
/// and compared by length and CRC with what the jar holds, without inflating that. Which of the
/// jar's libraries fits the machine is remembered next to it: finding out takes sqlite-jdbc longer
/// than opening a store (it looks at every mapping of the process).
final class NativeLibrary {

  private static final String PATH = "org.sqlite.lib.path";
  private static final String PROVIDER = "slf4j.provider";
  private static final String ARCHITECTURE = System.getProperty("os.arch", "");

  private final Path directory;
  private final Path library;
  private final Path origin;

  private NativeLibrary(Path directory) {
    this.directory = directory;
    this.library = directory.resolve(System.mapLibraryName("sqlitejdbc"));
    this.origin = directory.resolve("sqlitejdbc.origin");
  }

  /// Tells sqlite-jdbc where the library is, unless somebody did (`-Dorg.sqlite.lib.path`) or the
  /// directory cannot be used; then sqlite-jdbc finds its own way.
  static void prepare(Path directory) {
    quiet();
    if (System.getProperty(PATH) != null) {
      return;
    }
    try {
      if (new NativeLibrary(directory).isReady()) {
        System.setProperty(PATH, directory.toString());
      }
    } catch (IOException e) {
      System.clearProperty(PATH); // no space or no permission: sqlite-jdbc unpacks it elsewhere
    }
  }

  /// sqlite-jdbc logs through SLF4J where that is on the class path. Without this it searches the
  /// whole class path for a provider and complains on standard error that there is none.
  private static void quiet() {
    if (System.getProperty(PROVIDER) == null) {
      System.setProperty(PROVIDER, "org.slf4j.helpers.NOP_FallbackServiceProvider");
      System.setProperty("slf4j.internal.verbosity", "WARN");
    }
  }

  private boolean isReady() throws IOException {
    URL known = remembered();
    if (known != null && isCurrent(known)) {
      return true;
    }
    String resource =
        LibraryLoaderUtil.getNativeLibResourcePath() + "/" + LibraryLoaderUtil.getNativeLibName();
    URL packed = NativeLibrary.class.getResource(resource);
    if (packed == null) {
      return false;
    }
    unpack(packed);
    Files.writeString(origin, ARCHITECTURE + "\n" + resource + "\n");
    return true;
  }

  /// Where in the jar the unpacked library came from, if that was on such a machine.
  private @Nullable URL remembered() throws IOException {
    if (!Files.isRegularFile(origin) || !Files.isRegularFile(library)) {
      return null;
    }
    List<String> lines = Files.readAllLines(origin);
    boolean fits = lines.size() == 2 && lines.get(0).equals(ARCHITECTURE);
    return fits ? NativeLibrary.class.getResource(lines.get(1)) : null;
  }

  private boolean isCurrent(URL packed) throws IOException {
    if (!(packed.openConnection() instanceof JarURLConnection connection)) {
      return false;
    }
    JarEntry entry = connection.getJarEntry();
    return entry.getSize() == Files.size(library) && entry.getCrc() == crc(library);
  }

  private static long crc(Path file) throws IOException {
    CRC32 crc = new CRC32();
    crc.update(Files.readAllBytes(file));
    return crc.getValue();
  }

  private void unpack(URL packed) throws IOException {
    PrivateFiles.createDirectory(directory);
    Path fresh = directory.resolve("sqlitejdbc.new");
    try (InputStream in = packed.openStream()) {
      Files.copy(in, fresh, StandardCopyOption.REPLACE_EXISTING);
    }
    Files.move(fresh, library, StandardCopyOption.ATOMIC_MOVE);
  }
}
