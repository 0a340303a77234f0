package bespoke.os;

/// The machine has not enough of something that we cannot do without.
public final class ResourceShortage extends RuntimeException {
  private static final long serialVersionUID = 1;

  ResourceShortage(String what, int errno) {
    super("cannot " + what + ": " + Errno.text(errno));
  }
}
