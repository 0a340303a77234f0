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

  /// Whether both show the same configuration; the permanent setting is not part of it.
  public boolean isSameConfiguration(EntityImage other) {
    return fmri.equals(other.fmri) && exists == other.exists && layers.equals(other.layers);
  }
}
