package bespoke.manifest.systemd;

import bespoke.manifest.Fidelity;
import bespoke.manifest.ImportNote;
import bespoke.manifest.ManifestFile;
import bespoke.manifest.Problem;
import bespoke.manifest.SourceFile;
import bespoke.manifest.yaml.YamlWriter;
import bespoke.model.InstanceDefinition;
import bespoke.model.InstanceFmri;
import bespoke.model.Method;
import bespoke.model.MethodKind;
import bespoke.model.ServiceDescription;
import bespoke.model.ServiceDescription.Dependent;
import bespoke.model.ServiceDescription.InstanceDescription;
import bespoke.model.definition.Definitions;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// Units that a test writes, and what became of them.
final class Units {

  /// One account that this machine has, whatever machine it is.
  private static final PasswordFile PASSWORDS =
      user ->
          Optional.of(new PasswordFile.Login("known", "/home/known", "/bin/ksh"))
              .filter(login -> login.name().equals(user));

  private final List<SourceFile> files = new ArrayList<>();

  /// A unit, or anything else that has a name.
  Units file(String name, String... lines) {
    return link(name, "", lines);
  }

  /// A link, with the content of what it points to.
  Units link(String name, String target, String... lines) {
    byte[] bytes = String.join("\n", lines).getBytes(StandardCharsets.UTF_8);
    files.add(new SourceFile(name, bytes, target));
    return this;
  }

  /// A service of one section.
  static Units service(String... lines) {
    return new Units()
        .file(
            "web.service",
            Stream.concat(Stream.of("[Service]"), Stream.of(lines)).toArray(String[]::new));
  }

  List<ManifestFile> read() {
    return new SystemdReader(PASSWORDS).read(files);
  }

  List<Problem> problems() {
    return read().stream().flatMap(file -> file.problems().stream()).toList();
  }

  List<ImportNote> notes() {
    return read().stream().flatMap(file -> file.notes().stream()).toList();
  }

  /// The one note about a construct.
  ImportNote note(String construct) {
    List<ImportNote> found =
        notes().stream().filter(note -> note.construct().equals(construct)).toList();
    if (found.size() != 1) {
      throw new AssertionError(construct + ": " + found);
    }
    return found.getFirst();
  }

  Fidelity fidelity(String construct) {
    return note(construct).fidelity();
  }

  List<ServiceDescription> services() {
    return read().stream().flatMap(file -> file.services().stream()).toList();
  }

  /// All instances with their FMRIs.
  List<String> instances() {
    return services().stream()
        .flatMap(service ->
            service.instances().stream()
                .map(instance -> service.fmri().instance(instance.name()).toString()))
        .toList();
  }

  List<String> enabled() {
    return services().stream()
        .flatMap(service ->
            service.instances().stream()
                .filter(instance -> instance.enabled().orElse(false))
                .map(instance -> service.fmri().instance(instance.name()).toString()))
        .toList();
  }

  InstanceDescription instance(String fmri) {
    InstanceFmri wanted = InstanceFmri.parse(fmri);
    return services().stream()
        .filter(service -> service.fmri().equals(wanted.serviceFmri()))
        .flatMap(service -> service.instances().stream())
        .filter(instance -> instance.name().equals(wanted.instance()))
        .findFirst()
        .orElseThrow(() -> new AssertionError(fmri + " is not among " + instances()));
  }

  InstanceDefinition definition(String fmri) {
    InstanceDescription instance = instance(fmri);
    return new Definitions().read(InstanceFmri.parse(fmri), instance.groups(), instance.origin());
  }

  /// The definition of `web.service`.
  InstanceDefinition web() {
    return definition("svc:/systemd/web:default");
  }

  /// The text of a method of `web.service`, or empty.
  String exec(MethodKind kind) {
    return web().method(kind).flatMap(Method::exec).orElse("");
  }

  String start() {
    return exec(MethodKind.START);
  }

  /// The dependencies of an instance: `after optional_all/none [svc:/…]`.
  List<String> dependencies(String fmri) {
    return definition(fmri).dependencies().stream()
        .map(dependency ->
            dependency.name()
                + " "
                + dependency.grouping()
                + "/"
                + dependency.restartOn()
                + " "
                + dependency.entities())
        .toList();
  }

  /// Who an instance makes depend on it: `svc:/…: after_web optional_all/none`.
  List<String> dependents(String fmri) {
    List<String> texts = new ArrayList<>();
    for (Dependent dependent : instance(fmri).dependents()) {
      texts.add(
          dependent.target()
              + ": "
              + dependent.dependency().name()
              + " "
              + dependent.dependency().grouping()
              + "/"
              + dependent.dependency().restartOn());
    }
    return texts;
  }

  String yaml() {
    return YamlWriter.write(services());
  }
}
