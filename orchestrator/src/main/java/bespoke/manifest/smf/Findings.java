package bespoke.manifest.smf;

import bespoke.manifest.Fidelity;
import bespoke.manifest.ImportMark;
import bespoke.manifest.ImportNote;
import bespoke.manifest.Problem;
import bespoke.manifest.Problems;
import bespoke.model.Fmri;
import bespoke.model.Origin;
import java.util.ArrayList;
import java.util.List;

/// What the reading of one file finds: problems, what became of each construct, what it forces or
/// takes away.
final class Findings {

  private final List<Problem> problems = new ArrayList<>();
  private final List<ImportNote> notes = new ArrayList<>();
  private final List<ImportMark> marks = new ArrayList<>();
  private int unreported;

  /// A mistake.
  ///
  /// @param message begins with "cannot"
  /// @param hint what to do
  void cannot(Origin.File at, String message, String hint) {
    if (problems.size() < Problems.COUNT_MAX) {
      problems.add(
          new Problem(at.file(), at.line(), at.column(), printable(message), printable(hint)));
    } else {
      unreported++;
    }
  }

  /// A text for a line: without control characters.
  private static String printable(String text) {
    StringBuilder out = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); i++) {
      out.append(Character.isISOControl(text.charAt(i)) ? '?' : text.charAt(i));
    }
    return out.toString();
  }

  void exact(XmlElement element) {
    note(Fidelity.EXACT, element.place(), element.label(), "");
  }

  /// Kept as it is, with something that is worth to know.
  void exact(XmlElement element, String text) {
    note(Fidelity.EXACT, element.place(), element.label(), text);
  }

  void approximated(XmlElement element, String text) {
    note(Fidelity.APPROXIMATED, element.place(), element.label(), text);
  }

  void dropped(XmlElement element, String text) {
    note(Fidelity.DROPPED, element.place(), element.label(), text);
  }

  /// What became of one attribute.
  void attribute(Fidelity fidelity, XmlElement element, String attribute, String text) {
    note(fidelity, element.placeOf(attribute), "<" + element.name() + " " + attribute + "=>", text);
  }

  /// What became of a construct that several elements make.
  void note(Fidelity fidelity, Origin.File at, String construct, String text) {
    notes.add(
        new ImportNote(
            fidelity, at.file(), at.line(), at.column(), printable(construct), printable(text)));
  }

  void mark(Fmri entity, String group, String property, ImportMark.Kind kind) {
    marks.add(new ImportMark(entity, group, property, kind));
  }

  boolean hasProblems() {
    return !problems.isEmpty();
  }

  /// In the order of their places; the last one tells how many more there are.
  List<Problem> problems() {
    List<Problem> all = new ArrayList<>(problems.stream().sorted().toList());
    if (unreported > 0) {
      Problem last = all.getLast();
      all.add(
          new Problem(
              last.file(),
              last.line(),
              last.column(),
              "cannot list " + unreported + " more problems of this file",
              "correct these first"));
    }
    return all;
  }

  /// In the order in which the constructs were met.
  List<ImportNote> notes() {
    return notes;
  }

  List<ImportMark> marks() {
    return marks;
  }
}
