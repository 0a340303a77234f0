package bespoke.repository;

import bespoke.model.Fmri;
import java.util.Optional;

/// One service or instance as it is or was stored, apart from its snapshots: what is needed to put
/// it back. Texts only, so that it can be written anywhere.
///
/// @param fmri of the service or instance
/// @param exists whether there was such an entity; otherwise the rest is empty
/// @param layers its manifest, profile and administrators' layers and what it put into others, in
///   Base64; opaque
/// @param enabled the permanent setting
/// @param wish what the manifest says about it
public record EntityImage(
    Fmri fmri, boolean exists, String layers, Optional<Boolean> enabled, Optional<Boolean> wish) {

  /// The image of what does not exist.
  public static EntityImage missing(Fmri fmri) {
    return new EntityImage(fmri, false, "", Optional.empty(), Optional.empty());
  }

  /// Whether both say the same, wherever it comes from; the permanent setting is not part of it.
  ///
  /// @throws RepositoryException if one of them cannot be read
  public boolean isSameConfiguration(EntityImage other) throws RepositoryException {
    if (!fmri.equals(other.fmri) || exists != other.exists) {
      return false;
    }
    try {
      return layers.equals(other.layers) || SaidLayers.of(this).equals(SaidLayers.of(other));
    } catch (MalformedRecordException e) {
      throw new RepositoryException("cannot read an image: " + e.getMessage(), e);
    }
  }
}
