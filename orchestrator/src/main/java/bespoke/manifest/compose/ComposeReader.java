package bespoke.manifest.compose;

import bespoke.api.ComposeNames;
import bespoke.manifest.Fidelity;
import bespoke.manifest.FormatReader;
import bespoke.manifest.GroupDraft;
import bespoke.manifest.ManifestFile;
import bespoke.manifest.Problems;
import bespoke.manifest.SourceFile;
import bespoke.model.InstanceFmri;
import bespoke.model.PropertyGroups;
import bespoke.model.ServiceDescription;
import bespoke.model.ServiceDescription.InstanceDescription;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/// Reads compose files; see the package.
public final class ComposeReader implements FormatReader {
  private static final int HEAD_BYTES = 64 << 10;
  private static final int REPLICAS_MAX = 1000;

  private static final Pattern NAME =
      Pattern.compile("(docker-)?compose(\\.[A-Za-z0-9_-]+)*\\.ya?ml");
  private static final Pattern SERVICES = Pattern.compile("(?m)^services:[ \t]*(#.*)?\r?$");

  @Override
  public String format() {
    return "compose";
  }

  @Override
  public boolean recognizes(SourceFile file) {
    String name = file.baseName();
    if (!name.endsWith(".yml") && !name.endsWith(".yaml")) {
      return false;
    }
    int length = Math.min(HEAD_BYTES, file.bytes().length);
    String head = new String(file.bytes(), 0, length, StandardCharsets.UTF_8);
    if (head.startsWith("service:") || head.contains("\nservice:")) { // ours, as nearly all
      return NAME.matcher(name).matches() && SERVICES.matcher(head).find();
    }
    return NAME.matcher(name).matches()
        || SERVICES.matcher(head).find()
        || VersionOne.looksLikeIt(head);
  }

  @Override
  public List<String> companions(SourceFile file) {
    return ComposeNames.files(file.baseName(), new String(file.bytes(), StandardCharsets.UTF_8));
  }

  @Override
  public List<ManifestFile> read(List<SourceFile> files) {
    Set<Path> used = new HashSet<>();
    Map<SourceFile, ManifestFile> read = new HashMap<>();
    for (SourceFile file : files) {
      if (!file.companion() && !isOverrideOfOther(file, files)) {
        read.put(file, file(file, files, used));
      }
    }
    return files.stream()
        .map(file ->
            used.contains(Path.of(file.name()).normalize()) || !read.containsKey(file)
                ? new ManifestFile(file.name(), "", List.of(), List.of())
                : read.get(file))
        .toList();
  }

  /// Whether compose reads it together with the file that it overrides.
  private static boolean isOverrideOfOther(SourceFile file, List<SourceFile> files) {
    Path path = Path.of(file.name()).normalize();
    return files.stream()
        .filter(other -> !other.companion())
        .anyMatch(other ->
            !ComposeNames.override(other.baseName()).isEmpty()
                && Path.of(other.name())
                    .resolveSibling(ComposeNames.override(other.baseName()))
                    .normalize()
                    .equals(path));
  }

  private static ManifestFile file(
      SourceFile source, List<SourceFile> offered, Set<Path> usedByOthers) {
    Problems problems = new Problems(source.name());
    Report report = new Report(problems);
    EnvironmentFiles variables = new EnvironmentFiles(source.name(), offered);
    Interpolation interpolation = new Interpolation(variables.dotEnv());
    ProjectFiles files = new ProjectFiles(source, offered, problems, report, interpolation);
    Reading reading = new Reading(report, interpolation);
    List<ServiceDescription> services =
        files
            .whole()
            .map(root -> services(source, root, reading, variables, files))
            .orElse(List.of());
    usedByOthers.addAll(files.used());
    return new ManifestFile(
        source.name(),
        "",
        problems.count() == 0 ? services : List.of(),
        problems.count() == 0 ? List.of() : problems.sorted(),
        report.notes());
  }

  private static List<ServiceDescription> services(
      SourceFile source,
      Node.Fields root,
      Reading reading,
      EnvironmentFiles files,
      ProjectFiles project) {
    Report report = reading.report();
    if (!(root.value("services") instanceof Node.Fields all)) {
      report.problem(
          root.place("services"), "cannot find services", "a compose file has a mapping services");
      return List.of();
    }
    topLevel(root, report);
    Map<String, Node.Fields> services = new LinkedHashMap<>();
    all.map()
        .forEach((name, node) -> {
          if (node instanceof Node.Fields fields) {
            services.put(name, fields);
          } else {
            report.problem(
                all.place(name), "cannot read the service \"" + name + "\"", "it is a mapping");
          }
        });
    Project names = Project.of(reading.text(root.value("name")).orElse(""), source.name());
    Map<String, List<InstanceFmri>> instances = new LinkedHashMap<>();
    Map<String, Node.Fields> said = Map.copyOf(services);
    Extends bases = new Extends(reading, project);
    services.replaceAll((name, fields) -> bases.resolved(name, fields, said));
    services.forEach(
        (name, fields) -> instances.put(name, names.instances(name, replicas(fields, reading))));
    Links links = new Links(reading, services);
    List<ServiceDescription> described = new ArrayList<>();
    services.forEach((name, fields) ->
        described.add(service(name, fields, reading, files, links, instances, names)));
    return described;
  }

  private static void topLevel(Node.Fields root, Report report) {
    for (String key : root.map().keySet()) {
      switch (key) {
        case "services", "name", "include" -> {
          // read
        }
        case "version" -> report.note(Fidelity.EXACT, root.place(key), key, "means nothing");
        case "networks", "volumes", "secrets", "configs" ->
            report.note(Fidelity.DROPPED, root.place(key), key, "belongs to containers");
        default -> {
          if (!key.startsWith("x-")) {
            report.note(Fidelity.DROPPED, root.place(key), key, "has no counterpart");
          }
        }
      }
    }
  }

  private static int replicas(Node.Fields fields, Reading reading) {
    Node deploy = fields.value("deploy");
    Node said =
        fields.value("scale") != null
            ? fields.value("scale")
            : deploy instanceof Node.Fields found ? found.value("replicas") : null;
    Optional<String> count = reading.number(said, 0, REPLICAS_MAX);
    if (count.isEmpty() || said == null) {
      return 1;
    }
    reading
        .report()
        .note(
            count.get().equals("1") ? Fidelity.EXACT : Fidelity.APPROXIMATED,
            said.at(),
            "replicas",
            "an instance each, on the same machine and its ports");
    return Math.max(1, Integer.parseInt(count.get()));
  }

  private static ServiceDescription service(
      String name,
      Node.Fields fields,
      Reading reading,
      EnvironmentFiles files,
      Links links,
      Map<String, List<InstanceFmri>> instances,
      Project project) {
    GroupDraft draft = new GroupDraft(reading.report());
    boolean runs =
        new ServiceMapping(name, fields, reading, files, instances.keySet(), draft)
            .fill(links.isOneShot(name), links.isAwaitedHealthy(name));
    links.fill(name, instances, draft);
    List<String> profiles = reading.texts(fields.value("profiles"));
    if (!profiles.isEmpty()) {
      reading
          .report()
          .note(
              Fidelity.APPROXIMATED,
              fields.place("profiles"),
              "profiles",
              "not enabled, since it is in "
                  + String.join(", ", profiles)
                  + "; svcadm enable "
                  + project.service(name).service());
    }
    List<InstanceDescription> described = new ArrayList<>();
    for (InstanceFmri instance : instances.getOrDefault(name, List.of())) {
      described.add(
          new InstanceDescription(
              instance.instance(),
              Optional.of(runs && profiles.isEmpty()),
              PropertyGroups.EMPTY,
              List.of(),
              fields.at()));
    }
    return new ServiceDescription(
        project.service(name), draft.build(), described, List.of(), fields.at());
  }
}
