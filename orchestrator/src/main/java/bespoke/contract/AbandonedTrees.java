package bespoke.contract;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.UserDefinedFileAttributeView;
import java.util.Optional;

/// Sub-trees of root directories that are gone. A daemon that is killed cannot take its sub-tree
/// away; when its root directory was deleted meanwhile, nobody else ever would. So each sub-tree
/// says in an extended attribute (xattr(7)) whose it is, and the next daemon beside it looks.
final class AbandonedTrees {
  private static final String ATTRIBUTE = "bespoke.root";
  private static final int PATH_BYTES_MAX = 4096;

  private AbandonedTrees() {}

  /// Says whose a sub-tree is, where the kernel can keep that (Linux 5.7).
  static void sign(Path tree, Path rootDirectory) {
    Path root = rootDirectory.toAbsolutePath().normalize();
    if (!Files.isDirectory(root)) {
      return; // it cannot be told from one that is gone
    }
    try {
      attributes(tree)
          .write(ATTRIBUTE, ByteBuffer.wrap(root.toString().getBytes(StandardCharsets.UTF_8)));
    } catch (IOException | RuntimeException unsupported) {
      // then it stays when it is abandoned
    }
  }

  /// Removes the empty sub-trees beside ours whose root directory is gone.
  static void remove(Path place, Path ours) {
    for (Path tree : CgroupTree.subdirectories(place)) {
      boolean isAnother =
          String.valueOf(tree.getFileName()).startsWith(CgroupTree.PREFIX) && !tree.equals(ours);
      if (isAnother && isAbandoned(tree) && !CgroupTree.isPopulated(tree)) {
        CgroupTree.delete(tree);
      }
    }
  }

  private static boolean isAbandoned(Path tree) {
    return rootOf(tree).filter(Files::notExists).isPresent();
  }

  private static Optional<Path> rootOf(Path tree) {
    try {
      ByteBuffer root = ByteBuffer.allocate(PATH_BYTES_MAX);
      attributes(tree).read(ATTRIBUTE, root);
      return Optional.of(Path.of(StandardCharsets.UTF_8.decode(root.flip()).toString()));
    } catch (IOException | RuntimeException unsigned) {
      return Optional.empty();
    }
  }

  private static UserDefinedFileAttributeView attributes(Path tree) {
    return Files.getFileAttributeView(tree, UserDefinedFileAttributeView.class);
  }
}
