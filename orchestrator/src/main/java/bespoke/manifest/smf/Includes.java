package bespoke.manifest.smf;

import bespoke.manifest.SourceFile;
import bespoke.model.Origin;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Puts what a document includes (`xi:include`) in the place of the element.
///
/// Only the offered files, and of them only those in the directory of the including one or below,
/// are found; a file that includes itself is refused.
final class Includes {

  /// Files inside of files.
  private static final int DEPTH_MAX = 8;

  /// Files altogether.
  private static final int COUNT_MAX = 256;

  private final Map<Path, SourceFile> offered;
  private final Findings findings;
  private final Set<Path> included = new LinkedHashSet<>();
  private final Deque<Path> within = new ArrayDeque<>();
  private int count;

  /// @param offered all files that came together, by their normalized names
  Includes(Map<Path, SourceFile> offered, Findings findings) {
    this.offered = offered;
    this.findings = findings;
  }

  /// The files that were found.
  Set<Path> included() {
    return included;
  }

  /// The tree of a file with all that it includes, or null when it cannot be read.
  @Nullable XmlElement tree(SourceFile file) {
    Path path = Path.of(file.name()).normalize();
    if (file.bytes().length > SmfFormat.SIZE_BYTES_MAX) {
      findings.cannot(
          new Origin.File(file.name(), 1, 1),
          "cannot read a file of more than " + SmfFormat.SIZE_BYTES_MAX + " bytes",
          "split it");
      return null;
    }
    XmlText text = XmlText.decode(file.name(), file.bytes(), findings);
    XmlElement root = text == null ? null : XmlTree.parse(text, findings);
    if (root == null) {
      return null;
    }
    within.addLast(path);
    XmlElement whole = resolved(root, path);
    within.removeLast();
    return whole;
  }

  private XmlElement resolved(XmlElement element, Path file) {
    List<XmlElement> children = new ArrayList<>(element.children().size());
    for (XmlElement child : element.children()) {
      if (child.name().equals("include")) {
        children.addAll(include(child, file));
      } else {
        children.add(resolved(child, file));
      }
    }
    return new XmlElement(
        element.name(), element.attributes(), children, element.text(), element.place());
  }

  private List<XmlElement> include(XmlElement include, Path file) {
    if (include.attribute("parse", "xml").equals("text")) {
      findings.cannot(include.placeOf("parse"), "cannot include text", "include XML");
      return List.of();
    }
    Optional<Path> target = target(include, file);
    if (target.isEmpty()) {
      return fallback(include, file);
    }
    Path path = target.get();
    if (within.contains(path) || within.size() > DEPTH_MAX || ++count > COUNT_MAX) {
      findings.cannot(
          include.placeOf("href"),
          "cannot include " + path + " here: it includes itself, or files are nested too deeply",
          "remove this include");
      return List.of();
    }
    included.add(path);
    SourceFile source = offered.get(path);
    XmlElement tree = source == null ? null : tree(source);
    if (tree == null) {
      return List.of();
    }
    if (isElsewhere(include)) {
      findings.approximated(include, "taken from beside the file: " + path);
    } else {
      findings.exact(include, "includes " + path);
    }
    return List.of(tree);
  }

  /// Whether the element names a place in another machine's file system.
  private static boolean isElsewhere(XmlElement include) {
    return include.attribute("href", "").matches("(file:)?/.*");
  }

  /// The offered file that is meant; empty when there is none. Of a file elsewhere it is the one of
  /// the same name beside the including one.
  private Optional<Path> target(XmlElement include, Path file) {
    try {
      String href = include.attribute("href", "");
      if (isElsewhere(include)) {
        href = href.substring(href.lastIndexOf('/') + 1);
      }
      Path target = file.resolveSibling(Path.of(href)).normalize();
      Path directory = file.toAbsolutePath().normalize().getParent();
      boolean inside =
          !href.isEmpty()
              && directory != null
              && target.toAbsolutePath().normalize().startsWith(directory);
      return inside && offered.containsKey(target) ? Optional.of(target) : Optional.empty();
    } catch (InvalidPathException e) {
      return Optional.empty();
    }
  }

  private List<XmlElement> fallback(XmlElement include, Path file) {
    Optional<XmlElement> fallback = include.first("fallback");
    if (fallback.isPresent()) {
      findings.approximated(include, "not found beside the file; its fallback is taken");
      return resolved(fallback.get(), file).children();
    }
    if (isElsewhere(include)) {
      findings.dropped(
          include,
          "only files in the directory of the including one or below are read; put it there, and"
              + " name it without its directory");
      return List.of();
    }
    findings.cannot(
        include.placeOf("href"),
        "cannot include \"" + include.attribute("href", "") + "\"",
        "only files in the directory of the including one or below are read; put it there");
    return List.of();
  }
}
