package bespoke.model.definition;

import bespoke.model.AuxiliaryState;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What is wrong with one definition: all of it, and the gravest reason.
final class Faults {

  private final List<String> sentences = new ArrayList<>(0);
  private @Nullable AuxiliaryState reason;

  void dependency(String sentence) {
    add(AuxiliaryState.INVALID_DEPENDENCY, sentence);
  }

  void restarter(String sentence) {
    add(AuxiliaryState.INVALID_RESTARTER, sentence);
  }

  /// A method, its context or a probe that can never be run.
  void method(String sentence) {
    add(AuxiliaryState.METHOD_FAILED, sentence);
  }

  /// The reason of the first fault, except that a method's gives way to the others.
  Optional<AuxiliaryState> reason() {
    return Optional.ofNullable(reason);
  }

  List<String> sentences() {
    return sentences;
  }

  private void add(AuxiliaryState why, String sentence) {
    if (reason == null || reason == AuxiliaryState.METHOD_FAILED) {
      reason = why;
    }
    sentences.add(sentence);
  }
}
