package bespoke.engine;

import bespoke.model.Dependency;
import bespoke.model.InstanceDefinition;
import bespoke.model.InstanceFmri;
import bespoke.model.InstanceState;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/// What led to a failure: who there is, and everything that happened.
record AdversaryStory(
    Map<InstanceFmri, InstanceDefinition> definitions,
    Map<InstanceFmri, InstanceState> states,
    Predicate<InstanceFmri> isWanted) {

  String of(String failure, List<Envelope> history) {
    StringBuilder story = new StringBuilder(failure).append("; with:");
    for (InstanceDefinition definition : definitions.values()) {
      story.append("\n  ").append(definition.fmri()).append(" is ");
      story.append(states.get(definition.fmri())).append(", wanted ");
      story.append(isWanted.test(definition.fmri())).append(", has");
      for (Dependency it : definition.dependencies()) {
        story.append(' ').append(it.grouping()).append('/').append(it.restartOn());
        story.append(it.entities());
      }
    }
    story.append("\nafter:");
    for (Envelope envelope : history) {
      boolean isImport = envelope.event() instanceof Event.DefinitionsImported;
      story.append("\n  ").append(envelope.id()).append(' ');
      story.append(isImport ? "definitions imported" : envelope.event());
    }
    return story.toString();
  }
}
