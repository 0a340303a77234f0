package bespoke.manifest.compose;

import bespoke.api.ComposeNames;
import bespoke.manifest.Fidelity;
import bespoke.manifest.Problems;
import bespoke.manifest.SourceFile;
import bespoke.model.Origin;
import java.nio.charset.StandardCharsets;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The files that one project is written in: the one that was named, the override beside it, those
/// that they include, and those whose services are extended. Only offered files in the directory of
/// the first one or below are found.
final class ProjectFiles {

  /// Files altogether.
  private static final int COUNT_MAX = 100;

  private final SourceFile main;
  private final Path directory;
  private final Map<Path, SourceFile> offered = new HashMap<>();
  private final Problems problems;
  private final Report report;
  private final Interpolation interpolation;
  private final Set<Path> used = new LinkedHashSet<>();

  ProjectFiles(
      SourceFile main,
      List<SourceFile> files,
      Problems problems,
      Report report,
      Interpolation interpolation) {
    this.main = main;
    this.problems = problems;
    this.report = report;
    this.interpolation = interpolation;
    this.directory = Optional.ofNullable(path(main.name()).getParent()).orElse(Path.of(""));
    files.forEach(file -> offered.put(path(file.name()), file));
  }

  private static Path path(String name) {
    try {
      return Path.of(name).normalize();
    } catch (InvalidPathException e) {
      return Path.of("invalid");
    }
  }

  /// The files beside the first one that the project was read from.
  Set<Path> used() {
    return used;
  }

  /// The whole project as one mapping.
  Optional<Node.Fields> whole() {
    Optional<Node.Fields> root = ComposeNodes.read(main.name(), main.bytes(), problems);
    return root.map(it -> VersionOne.lifted(it, report))
        .map(this::overridden)
        .map(fields -> included(fields, directory, 0));
  }

  private Node.Fields overridden(Node.Fields root) {
    String name = ComposeNames.override(main.baseName());
    SourceFile file = name.isEmpty() ? null : offered.get(directory.resolve(name));
    Node.Fields over = file == null ? null : read(file);
    if (over == null) {
      return root;
    }
    report.note(Fidelity.EXACT, over.at(), name, "merged over " + main.baseName());
    return Merge.of(root, over);
  }

  private Node.@Nullable Fields read(SourceFile file) {
    used.add(path(file.name()));
    Problems found = new Problems(file.name());
    Optional<Node.Fields> read = ComposeNodes.read(file.name(), file.bytes(), found);
    found
        .sorted()
        .forEach(it ->
            problems.add(
                new Origin.File(it.file(), it.line(), it.column()), it.message(), it.hint()));
    return read.map(it -> VersionOne.lifted(it, report)).orElse(null);
  }

  // --- include

  private Node.Fields included(Node.Fields root, Path from, int depth) {
    Node said = root.value("include");
    List<Node> entries =
        said instanceof Node.Items items ? items.list() : said == null ? List.of() : List.of(said);
    Node.Fields whole = root;
    for (Node entry : entries) {
      Node paths = entry instanceof Node.Fields fields ? fields.value("path") : entry;
      Node.Fields one = null;
      for (Node path : paths instanceof Node.Items items ? items.list() : one(paths)) {
        Node.Fields part = include(path, entry, from, depth);
        one = part == null ? one : one == null ? part : Merge.of(one, part);
      }
      whole = one == null ? whole : joined(whole, one);
    }
    return whole;
  }

  private static List<Node> one(@Nullable Node node) {
    return node == null ? List.of() : List.of(node);
  }

  private Node.@Nullable Fields include(Node path, Node entry, Path from, int depth) {
    Optional<String> name = new Reading(report, interpolation).text(path);
    Path target = name.map(text -> from.resolve(path(text)).normalize()).orElse(Path.of(""));
    SourceFile file = offered.get(target);
    boolean isFirst = !used.contains(target) && !target.equals(path(main.name()));
    if (file == null || !isBelow(target) || !isFirst || used.size() >= COUNT_MAX) {
      report.problem(
          path.at(),
          "cannot include \"" + name.orElse("") + "\"",
          isFirst
              ? "it has to lie in the directory of the compose file or below"
              : "it is included already");
      return null;
    }
    Node.Fields root = read(file);
    if (root == null) {
      return null;
    }
    report.note(Fidelity.EXACT, path.at(), "include", target.toString());
    Path base = Optional.ofNullable(target.getParent()).orElse(Path.of(""));
    Node.Fields whole = included(root, base, depth + 1);
    return base.equals(directory) && !(entry instanceof Node.Fields)
        ? whole
        : relocated(whole, base, variables(entry, from, base));
  }

  private boolean isBelow(Path target) {
    return target.toAbsolutePath().normalize().startsWith(directory.toAbsolutePath().normalize());
  }

  /// The variables of an included file: those of its own `.env` or `env_file`, under the project's.
  private Interpolation variables(Node entry, Path from, Path base) {
    Map<String, String> variables = new LinkedHashMap<>();
    List<Path> files = new ArrayList<>();
    Node named = entry instanceof Node.Fields fields ? fields.value("env_file") : null;
    if (named == null) {
      files.add(base.resolve(".env"));
    }
    for (String text : new Reading(report, interpolation).texts(named)) {
      files.add(from.resolve(path(text)).normalize());
    }
    for (Path file : files) {
      SourceFile found = offered.get(file);
      if (found != null && isBelow(file)) {
        variables.putAll(
            EnvText.read(
                new String(found.bytes(), StandardCharsets.UTF_8),
                interpolation.variables(),
                Interpolation.SILENT));
      }
    }
    return interpolation.over(variables);
  }

  /// With its variables replaced, and names of files as the first file would write them.
  private Node.Fields relocated(Node.Fields root, Path base, Interpolation own) {
    Node.Fields replaced = (Node.Fields) new Replacing(own, report).all(root);
    return root.value("services") instanceof Node.Fields
        ? Merge.of(replaced, relocatedServices(replaced, base))
        : replaced;
  }

  private Node.Fields relocatedServices(Node.Fields root, Path base) {
    Map<String, Node> services = new LinkedHashMap<>();
    Node.Fields all = (Node.Fields) root.map().get("services");
    if (all != null) {
      all.map()
          .forEach((name, service) ->
              services.put(
                  name, service instanceof Node.Fields it ? relocatedService(it, base) : service));
      Node.Fields moved = new Node.Fields(services, all.keys(), all.at(), true);
      return new Node.Fields(Map.of("services", moved), Map.of(), root.at());
    }
    return root;
  }

  private Node.Fields relocatedService(Node.Fields service, Path base) {
    Node files = service.value("env_file");
    if (files == null) {
      return service;
    }
    Map<String, Node> map = new LinkedHashMap<>(service.map());
    map.put("env_file", moved(files, base));
    return new Node.Fields(map, service.keys(), service.at());
  }

  private Node moved(Node files, Path base) {
    return switch (files) {
      case Node.Scalar(String text, boolean isNull, Origin.File at) ->
          isNull ? files : new Node.Scalar(moved(text, base), false, at);
      case Node.Items items ->
          new Node.Items(items.list().stream().map(it -> moved(it, base)).toList(), items.at());
      case Node.Fields fields -> {
        Map<String, Node> map = new LinkedHashMap<>(fields.map());
        map.computeIfPresent("path", (_, path) -> moved(path, base));
        yield new Node.Fields(map, fields.keys(), fields.at());
      }
    };
  }

  private String moved(String name, Path base) {
    Path target = base.resolve(path(name)).normalize();
    return target.isAbsolute() == directory.isAbsolute()
        ? directory.relativize(target).toString()
        : target.toString();
  }

  /// What is included stands beside what the file says; a service is described once.
  private Node.Fields joined(Node.Fields whole, Node.Fields part) {
    if (whole.value("services") instanceof Node.Fields own
        && part.value("services") instanceof Node.Fields others) {
      for (String name : others.map().keySet()) {
        if (own.map().containsKey(name)) {
          report.problem(
              others.place(name),
              "cannot describe the service \"" + name + "\" twice",
              "the first is at " + own.place(name));
        }
      }
    }
    Node.Fields joined = Merge.of(part, whole);
    Map<String, Node> map = new LinkedHashMap<>(joined.map());
    map.remove("include");
    if (part.value("name") != null && whole.value("name") == null) {
      map.remove("name");
    }
    return new Node.Fields(map, joined.keys(), whole.at());
  }

  // --- extends

  /// The services of another file, which `extends` names; none when it is not offered.
  Map<String, Node.Fields> services(String name, Origin.File at) {
    Path from = Optional.ofNullable(path(at.file()).getParent()).orElse(Path.of(""));
    Path target = from.resolve(path(name)).normalize();
    SourceFile file = offered.get(target);
    if (file == null || !isBelow(target)) {
      return Map.of();
    }
    Node.Fields root = target.equals(path(main.name())) ? null : read(file);
    if (root == null) {
      return Map.of();
    }
    Path base = Optional.ofNullable(target.getParent()).orElse(Path.of(""));
    Map<String, Node.Fields> services = new LinkedHashMap<>();
    if (root.value("services") instanceof Node.Fields all) {
      all.map()
          .forEach((service, node) -> {
            if (node instanceof Node.Fields fields) {
              services.put(service, relocatedService(fields, base));
            }
          });
    }
    return services;
  }
}
