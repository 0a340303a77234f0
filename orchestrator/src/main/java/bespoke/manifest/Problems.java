package bespoke.manifest;

import bespoke.model.Origin;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/// Collects the problems of one file, up to a limit.
public final class Problems {

  /// How many problems of one file are reported.
  public static final int COUNT_MAX = 100;

  private final String file;
  private final List<Problem> found = new ArrayList<>();
  private int unreported;

  public Problems(String file) {
    this.file = file;
  }

  /// Notes a problem.
  ///
  /// @param message begins with "cannot"
  /// @param hint what to do, or empty
  public void add(int line, int column, String message, String hint) {
    if (found.size() >= COUNT_MAX) {
      unreported++;
      return;
    }
    found.add(new Problem(file, line, column, message, hint));
  }

  /// Notes a problem at a place that may be in another file.
  public void add(Origin.File at, String message, String hint) {
    if (found.size() >= COUNT_MAX) {
      unreported++;
    } else {
      found.add(new Problem(at.file(), at.line(), at.column(), message, hint));
    }
  }

  /// Takes over the problems of another part of the same file.
  public void addAll(Problems part) {
    part.found.forEach(
        problem -> add(problem.line(), problem.column(), problem.message(), problem.hint()));
    unreported += part.unreported;
  }

  /// How many there are, reported or not.
  public int count() {
    return found.size() + unreported;
  }

  /// In the order of the file; the last one tells how many more there are.
  public List<Problem> sorted() {
    List<Problem> all = new ArrayList<>(found);
    Collections.sort(all);
    if (unreported > 0) {
      Problem last = all.getLast();
      all.add(
          new Problem(
              file,
              last.line(),
              last.column(),
              "cannot list " + unreported + " more problems of this file",
              "correct these first"));
    }
    return List.copyOf(all);
  }
}
