package bespoke.repository;

import bespoke.model.ServiceFmri;
import java.nio.file.Path;
import java.util.List;

/// A service description file as it was when it was last imported, so that a later start notices
/// what changed, appeared or vanished.
///
/// @param path absolute
/// @param sha256 of the content, 64 hexadecimal digits
/// @param sizeBytes of the file
/// @param modifiedEpochNanos when it was last modified, in nanoseconds since 1970 UTC
/// @param services what it brought
public record ManifestFile(
    Path path, String sha256, long sizeBytes, long modifiedEpochNanos, List<ServiceFmri> services) {

  public ManifestFile {
    services = List.copyOf(services);
  }
}
