package bespoke.control;

import bespoke.api.ComparisonRequest;
import bespoke.api.ConfiguredEntity;
import bespoke.api.DifferenceRecord;
import bespoke.api.ErrorKind;
import bespoke.api.Outcome;
import bespoke.api.PropertyRecord;
import bespoke.api.SourceText;
import bespoke.model.Fmri;
import bespoke.model.InstanceFmri;
import bespoke.model.PropertyGroups;
import bespoke.model.ServiceDescription;
import bespoke.model.ServiceFmri;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Semaphore;

/// What `svccfg diff` and `svcprop -w` ask for.
final class Comparisons {
  private static final Duration HEARTBEAT = Duration.ofMinutes(1);
  private static final String FILE = "file:";

  private final Machine machine;
  private final Configuration configuration;
  private final Authorizer authorizer;
  private final Entities entities;
  private final int backlog;

  Comparisons(Machine machine, Configuration configuration, Authorizer authorizer, int backlog) {
    this.machine = machine;
    this.configuration = configuration;
    this.authorizer = authorizer;
    this.entities = new Entities(machine, configuration);
    this.backlog = backlog;
  }

  void compare(Caller caller, ComparisonRequest.Compare request, Answer answer) throws IOException {
    Attempts.attempt(
        answer,
        () -> {
          Configuration.Side before = side(request.before(), request.files());
          Configuration.Side after = side(request.after(), request.files());
          List<String> unmatched = new ArrayList<>();
          for (Fmri entity : compared(request, before, after, unmatched)) {
            PropertyGroups composed = configuration.composed(entity);
            for (DifferenceRecord one : configuration.compare(entity, before, after)) {
              boolean mayRead = authorizer.mayRead(caller, composed, one.group());
              answer.add(mayRead ? one : concealed(one));
            }
          }
          if (!unmatched.isEmpty()) {
            answer.end(new Outcome(ErrorKind.NOT_FOUND.word(), 1, List.of(), unmatched));
          }
        });
  }

  private Configuration.Side side(String name, List<SourceText> files)
      throws Configuration.RefusedException {
    if (!name.startsWith(FILE)) {
      return new Configuration.Side(name, List.of());
    }
    for (SourceText file : files) {
      if (name.equals(FILE + file.name())) {
        return new Configuration.Side("", configuration.read(file));
      }
    }
    throw Attempts.refused(ErrorKind.BAD_REQUEST, "the request does not hold " + name);
  }

  /// What the person names; else what the files describe; else all instances.
  private List<Fmri> compared(
      ComparisonRequest.Compare request,
      Configuration.Side before,
      Configuration.Side after,
      List<String> unmatched) {
    List<Fmri> compared = new ArrayList<>();
    for (String operand : request.operands()) {
      List<Fmri> found = entities.matching(operand);
      found.forEach(fmri -> compared.addAll(withSnapshots(fmri, before, after)));
      if (found.isEmpty()) {
        unmatched.add(operand);
      }
    }
    if (request.operands().isEmpty()) {
      before.file().forEach(service -> addAll(service, compared));
      after.file().forEach(service -> addAll(service, compared));
      if (request.files().isEmpty()) {
        machine.catalogue().all().forEach(fmri -> compared.add(InstanceFmri.parse(fmri)));
      }
    }
    return compared.stream().distinct().toList();
  }

  /// Only instances have snapshots: those of a service stand for it where one is compared.
  private List<? extends Fmri> withSnapshots(
      Fmri entity, Configuration.Side before, Configuration.Side after) {
    boolean snapshots = before.isSnapshot() || after.isSnapshot();
    return snapshots && entity instanceof ServiceFmri service
        ? machine.instancesOf(service)
        : List.of(entity);
  }

  private static void addAll(ServiceDescription service, List<Fmri> compared) {
    service.instances().forEach(instance -> compared.add(service.fmri().instance(instance.name())));
    if (service.instances().isEmpty()) {
      compared.add(service.fmri());
    }
  }

  private static DifferenceRecord concealed(DifferenceRecord one) {
    return new DifferenceRecord(
        one.fmri(),
        one.group(),
        one.property(),
        one.before().stream().map(Comparisons::concealed).toList(),
        one.after().stream().map(Comparisons::concealed).toList());
  }

  private static PropertyRecord concealed(PropertyRecord property) {
    return new PropertyRecord(
        property.name(), property.type(), List.of(), true, property.layer(), property.origin());
  }

  // --- waiting for a change

  /// Waits for the repository or the instance's state to change until the wanted group is another.
  void awaitChange(Caller caller, ComparisonRequest.AwaitChange request, Answer answer)
      throws IOException {
    Attempts.attempt(
        answer,
        () -> {
          Fmri entity = entities.one(request.entity());
          Semaphore changed = new Semaphore(0);
          Machine.Watch watch = machine.watch(backlog);
          Thread listener = listen(watch.subscription(), changed);
          try (Configuration.Following _ = configuration.follow(changed::release)) {
            ConfiguredEntity before = look(caller, entity, request.group());
            ConfiguredEntity now = before;
            while (now.equals(before)) {
              changed.acquire();
              changed.drainPermits();
              now = look(caller, entity, request.group());
            }
            answer.add(now);
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
          } finally {
            listener.interrupt();
            watch.subscription().close();
          }
        });
  }

  private ConfiguredEntity look(Caller caller, Fmri entity, String group)
      throws Configuration.RefusedException {
    ConfiguredEntity all =
        new Concealing(configuration, authorizer)
            .of(caller, entity, configuration.properties(entity, "own", ""));
    return new ConfiguredEntity(
        all.fmri(),
        all.groups().stream().filter(it -> group.isEmpty() || it.name().equals(group)).toList());
  }

  private static Thread listen(
      Machine.Subscription<Machine.Notice> transitions, Semaphore changed) {
    return Thread.ofVirtual()
        .name("change-listener")
        .start(() -> {
          try {
            while (true) {
              if (transitions.next(HEARTBEAT).isPresent()) {
                changed.release();
              }
            }
          } catch (Machine.CutOffException | InterruptedException e) {
            changed.release(); // look once more; the connection ends by itself
          }
        });
  }
}
