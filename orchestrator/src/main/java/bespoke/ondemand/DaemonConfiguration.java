package bespoke.ondemand;

import bespoke.delegate.OwnedProperties;
import bespoke.model.InstanceDefinition;
import bespoke.model.InstanceFmri;
import bespoke.model.Origin;
import bespoke.model.PropertyGroups;
import bespoke.model.ServiceFmri;
import bespoke.model.definition.Definitions;
import bespoke.restarter.Configuration;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/// The configuration of the daemon, asked for over its socket at each run of a method. While the
/// daemon is away, what it answered last still holds.
///
/// Used by the loop only.
final class DaemonConfiguration implements Configuration {
  private final OwnedProperties properties;
  private final Map<String, Optional<PropertyGroups>> answers = new HashMap<>();

  DaemonConfiguration(OwnedProperties properties) {
    this.properties = properties;
  }

  @Override
  public Optional<InstanceDefinition> definition(InstanceFmri instance) {
    return running(instance)
        .map(groups -> new Definitions().read(instance, groups, Origin.UNKNOWN));
  }

  @Override
  public Optional<PropertyGroups> running(InstanceFmri instance) {
    return ask("running " + instance, () -> properties.running(instance.toString()));
  }

  @Override
  public Optional<PropertyGroups> editing(InstanceFmri instance) {
    return ask("editing " + instance, () -> properties.editing(instance.toString()));
  }

  @Override
  public Optional<PropertyGroups> service(ServiceFmri service) {
    return ask("service " + service, () -> properties.own(service.toString()));
  }

  private interface Question {
    Optional<PropertyGroups> ask() throws IOException;
  }

  private Optional<PropertyGroups> ask(String what, Question question) {
    try {
      Optional<PropertyGroups> answer = question.ask();
      answers.put(what, answer);
      return answer;
    } catch (IOException e) {
      return answers.getOrDefault(what, Optional.empty());
    }
  }

  /// Forgets what was answered about an instance.
  void forget(InstanceFmri instance) {
    answers.keySet().removeIf(what -> what.endsWith(" " + instance));
  }
}
