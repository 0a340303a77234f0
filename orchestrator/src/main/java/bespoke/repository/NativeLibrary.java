package bespoke.repository;

import java.io.IOException;
import java.io.InputStream;
import java.net.JarURLConnection;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.jar.JarEntry;
import java.util.zip.CRC32;
import org.sqlite.util.LibraryLoaderUtil;

/// Keeps SQLite's native library unpacked under the root.
///
/// sqlite-jdbc would unpack it into the temporary directory at each start, which costs time and
/// leaves rubbish behind after `kill -9`. Here it is unpacked once, in a directory of mode 0700,
/// and compared by length and CRC with what the jar holds, without inflating that.
final class NativeLibrary {

  private static final String PATH = "org.sqlite.lib.path";

  private static final String PROVIDER = "slf4j.provider";

  private NativeLibrary() {}

  /// Tells sqlite-jdbc where the library is, unless somebody did (`-Dorg.sqlite.lib.path`) or the
  /// directory cannot be used; then sqlite-jdbc finds its own way.
  static void prepare(Path directory) {
    quiet();
    if (System.getProperty(PATH) != null) {
      return;
    }
    String name = LibraryLoaderUtil.getNativeLibName();
    URL packed =
        NativeLibrary.class.getResource(LibraryLoaderUtil.getNativeLibResourcePath() + "/" + name);
    if (packed == null) {
      return;
    }
    try {
      Path file = directory.resolve(name);
      if (!isCurrent(file, packed)) {
        unpack(packed, directory, file);
      }
      System.setProperty(PATH, directory.toString());
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

  private static boolean isCurrent(Path file, URL packed) throws IOException {
    if (!Files.isRegularFile(file)
        || !(packed.openConnection() instanceof JarURLConnection connection)) {
      return false;
    }
    connection.setUseCaches(true);
    JarEntry entry = connection.getJarEntry();
    return entry.getSize() == Files.size(file) && entry.getCrc() == crc(file);
  }

  private static long crc(Path file) throws IOException {
    CRC32 crc = new CRC32();
    crc.update(Files.readAllBytes(file));
    return crc.getValue();
  }

  private static void unpack(URL packed, Path directory, Path file) throws IOException {
    PrivateFiles.createDirectory(directory);
    Path fresh = file.resolveSibling(file.getFileName() + ".new");
    try (InputStream in = packed.openStream()) {
      Files.copy(in, fresh, StandardCopyOption.REPLACE_EXISTING);
    }
    Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
  }
}
