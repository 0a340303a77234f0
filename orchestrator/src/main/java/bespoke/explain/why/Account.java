package bespoke.explain.why;

import bespoke.model.Actor;
import bespoke.model.InstanceFmri;
import bespoke.model.InstanceState;
import java.util.List;
import java.util.Optional;

/// How an instance came to be as it is.
///
/// @param instance whom it is about
/// @param state now
/// @param sinceEpochMillis in milliseconds since 1970 UTC
/// @param headline the whole in one sentence
/// @param links what happened, the latest first
/// @param root where it began
/// @param notes what else a person may wonder about: why it waits, or why it was not restarted
public record Account(
    InstanceFmri instance,
    InstanceState state,
    long sinceEpochMillis,
    String headline,
    List<Link> links,
    Root root,
    List<String> notes) {

  public Account {
    links = List.copyOf(links);
    notes = List.copyOf(notes);
  }

  /// One transition on the way.
  ///
  /// @param instance who moved
  /// @param event id of the event that led to it
  /// @param atEpochMillis in milliseconds since 1970 UTC
  /// @param deed what it did, after its name: `came online`
  /// @param because the reason as a clause, or empty
  /// @param isRoutine whether it only follows, such as a start once dependencies are satisfied
  public record Link(
      InstanceFmri instance,
      long event,
      long atEpochMillis,
      String deed,
      String because,
      boolean isRoutine) {

    /// Whether it is the end of a stop.
    boolean isStopped() {
      return deed.equals(TransitionText.STOPPED) || deed.equals(TransitionText.STOPPED_DISABLED);
    }

    /// Whether it is the beginning or end of a start.
    boolean isStart() {
      return deed.equals(TransitionText.BEGAN_TO_START) || deed.equals(TransitionText.CAME_ONLINE);
    }

    /// The sentence.
    public String text() {
      return instance + " " + deed + (because.isEmpty() ? "." : " because " + because + ".");
    }
  }

  /// Where a chain begins.
  ///
  /// @param event id of the event, or 0 when it is not remembered
  /// @param atEpochMillis in milliseconds since 1970 UTC, or 0
  /// @param actor who asked, where a person did
  /// @param text a sentence
  public record Root(long event, long atEpochMillis, Optional<Actor> actor, String text) {

    /// The journal does not reach back so far.
    static final Root FORGOTTEN =
        new Root(0, 0, Optional.empty(), "The journal does not reach back to the beginning.");
  }
}
