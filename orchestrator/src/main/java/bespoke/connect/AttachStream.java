package bespoke.connect;

import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import org.jspecify.annotations.Nullable;

/// A UNIX socket that is made by two native methods that the JDK has for itself in `jdk.attach`,
/// and then read and written as a file.
///
/// The first socket of `java.nio` costs a command 25 ms of processor time: it asks for a secure
/// random number, so the JDK reads `java.security` and lists its providers. These methods are there
/// at once. They are no API: the launcher opens their package where the JDK has that module, and
/// whoever does not find them as expected gets a [ChannelStream].
record AttachStream(FileInputStream in, FileOutputStream out) implements ByteStream {

  private static final String NATIVES = "sun.tools.attach.VirtualMachineImpl";

  /// How long a path may be, without the zero at its end (unix(7)); longer ones would be cut.
  private static final int PATH_BYTES_MAX = 107;

  /// Connects, or returns null if that cannot be done in this way.
  ///
  /// @throws IOException if nobody listens there
  static @Nullable AttachStream to(String path) throws IOException {
    return isPlain(path) ? to(path, NATIVES) : null;
  }

  /// As [#to(String)], by the methods of that class.
  static @Nullable AttachStream to(String path, String natives) throws IOException {
    AttachStream stream;
    int descriptor;
    Method connecting;
    try {
      Class<?> type = Class.forName(natives);
      Method making = type.getDeclaredMethod("socket");
      connecting = type.getDeclaredMethod("connect", int.class, String.class);
      Constructor<FileDescriptor> naming = FileDescriptor.class.getDeclaredConstructor(int.class);
      making.setAccessible(true);
      connecting.setAccessible(true);
      naming.setAccessible(true);
      descriptor = (int) making.invoke(null);
      FileDescriptor file = naming.newInstance(descriptor);
      stream = new AttachStream(new FileInputStream(file), new FileOutputStream(file));
    } catch (ReflectiveOperationException | RuntimeException | LinkageError e) {
      return null;
    }
    return stream.connected(connecting, descriptor, path);
  }

  private AttachStream connected(Method connecting, int descriptor, String path)
      throws IOException {
    try {
      connecting.invoke(null, descriptor, path);
      return this;
    } catch (InvocationTargetException e) {
      close();
      throw e.getCause() instanceof IOException failure ? failure : new IOException(e);
    } catch (IllegalAccessException e) {
      close();
      throw new IOException(e);
    }
  }

  /// Whether it has the same bytes in every locale, and few enough.
  private static boolean isPlain(String path) {
    for (int i = 0; i < path.length(); i++) {
      if (path.charAt(i) >= 0x7f || path.charAt(i) == 0) {
        return false;
      }
    }
    return path.length() <= PATH_BYTES_MAX;
  }

  @Override
  public void write(byte[] bytes) throws IOException {
    out.write(bytes);
  }

  @Override
  public int read(byte[] buffer, int from, int lengthMax) throws IOException {
    return in.read(buffer, from, lengthMax);
  }

  @Override
  public void close() {
    try {
      out.close();
    } catch (IOException e) {
      // nobody is left to be told
    }
  }
}
