package bespoke.assembly;

import static java.lang.constant.ConstantDescs.CD_String;

import java.io.IOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassTransform;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.CodeElement;
import java.lang.classfile.CodeTransform;
import java.lang.classfile.Label;
import java.lang.constant.ClassDesc;
import java.lang.constant.MethodTypeDesc;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import java.nio.file.Path;

/// Lets the loader of SQLite's driver leave the directory for temporary files alone when it is told
/// where the native library is.
///
/// It looks there for libraries that an earlier process has unpacked and not removed, and opens
/// every jar to learn its own version for that: 13 ms of each start.
final class SqliteLoader {
  private static final String FILE = "org/sqlite/SQLiteJDBCLoader.class";

  private SqliteLoader() {}

  /// @param jar of the driver
  /// @throws IOException when it cannot be rewritten, or has no such method any more
  static void shorten(FileSystem jar) throws IOException {
    Path file = jar.getPath(FILE);
    byte[] before = Files.readAllBytes(file);
    ClassFile classFile = ClassFile.of(ClassFile.StackMapsOption.GENERATE_STACK_MAPS);
    byte[] after =
        classFile.transformClass(
            classFile.parse(before),
            ClassTransform.transformingMethodBodies(
                method -> method.methodName().equalsString("cleanup"), new UnlessTold()));
    if (after.length <= before.length) {
      throw new IOException(FILE + " has no method cleanup; look at what this version does");
    }
    Files.write(file, after);
  }

  private static final class UnlessTold implements CodeTransform {
    @Override
    public void atStart(CodeBuilder code) {
      Label unpacked = code.newLabel();
      code.loadConstant("org.sqlite.lib.path")
          .invokestatic(
              ClassDesc.of("java.lang.System"),
              "getProperty",
              MethodTypeDesc.of(CD_String, CD_String))
          .ifnull(unpacked)
          .return_()
          .labelBinding(unpacked);
    }

    @Override
    public void accept(CodeBuilder code, CodeElement element) {
      code.with(element);
    }
  }
}
