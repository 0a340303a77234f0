package bespoke.manifest.systemd;

import bespoke.manifest.SourceFile;
import java.util.List;
import java.util.Optional;

/// What a file is, by its name (systemd.unit(5), "Unit File Load Path").
sealed interface Place {

  /// The fragment of a unit or template, an alias or a mask.
  record Fragment(UnitName name) implements Place {}

  /// A drop-in.
  ///
  /// @param owner the name of the directory without `.d`: a unit, a truncated prefix, or a kind
  record DropIn(String owner) implements Place {}

  /// A link that pulls a unit in.
  ///
  /// @param isRequired whether it stands in `.requires` rather than `.wants` or `.upholds`
  record Pull(UnitName owner, UnitName pulled, boolean isRequired) implements Place {}

  /// Where a file belongs; empty when its name says nothing.
  static Optional<Place> of(String file) {
    int slash = file.lastIndexOf('/');
    String base = file.substring(slash + 1);
    String directory = slash < 0 ? "" : file.substring(file.lastIndexOf('/', slash - 1) + 1, slash);
    if (base.endsWith(".conf")) {
      String owner = directory.endsWith(".d") ? directory.substring(0, directory.length() - 2) : "";
      boolean known = UnitName.parse(owner).isPresent() || UnitName.parse("x." + owner).isPresent();
      return known ? Optional.of(new DropIn(owner)) : Optional.empty();
    }
    Optional<UnitName> name = UnitName.parse(base);
    for (String kind : List.of(".wants", ".requires", ".upholds")) {
      Optional<UnitName> owner =
          directory.endsWith(kind)
              ? UnitName.parse(directory.substring(0, directory.length() - kind.length()))
              : Optional.empty();
      if (name.isPresent() && owner.isPresent()) {
        return Optional.of(new Pull(owner.get(), name.get(), kind.equals(".requires")));
      }
    }
    return name.map(Fragment::new);
  }

  /// Which of two files of the same unit counts: the lower one.
  static int rank(SourceFile file) {
    String name = file.name();
    int base =
        name.contains("/etc/systemd/")
            ? 1
            : name.contains("/run/systemd/")
                ? 2
                : name.contains("/usr/local/lib/systemd/")
                    ? 3
                    : name.contains("/lib/systemd/") ? 4 : 0;
    return base;
  }

  /// Whether a file says that its unit must never start.
  static boolean isMask(SourceFile file) {
    return file.linkTarget().endsWith("/dev/null")
        || file.linkTarget().isEmpty() && file.bytes().length == 0;
  }

  /// The unit that a link points to.
  static Optional<UnitName> target(SourceFile file) {
    String target = file.linkTarget();
    return UnitName.parse(target.substring(target.lastIndexOf('/') + 1));
  }
}
