package bespoke.repository;

import java.util.Locale;

/// Who decides a value, the weakest first (DESIGN 6).
public enum Layer {
  /// The service description that was imported, or a dependent that another one declares.
  MANIFEST,
  /// A profile that was applied.
  PROFILE,
  /// A person, through a command.
  ADMIN;

  /// The name in listings: lower case.
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
