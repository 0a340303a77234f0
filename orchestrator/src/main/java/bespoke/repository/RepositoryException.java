package bespoke.repository;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/// The store cannot be opened, read or written: no permission, no space, a damaged file.
///
/// The message is for an operator: it names the file, what cannot be done and what to do.
public class RepositoryException extends IOException {

  /// @param message for an operator
  /// @param cause what the system said, or null
  public RepositoryException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
