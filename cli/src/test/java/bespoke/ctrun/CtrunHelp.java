package bespoke.ctrun;

/// What `ctrun --help` prints, for who compares the manual page with it.
public final class CtrunHelp {
  private CtrunHelp() {}

  public static String text() {
    return RunOptions.USAGE;
  }
}
