package bespoke.repository;

import bespoke.model.Fmri;
import bespoke.model.InstanceFmri;
import bespoke.model.ServiceFmri;
import java.util.Comparator;
import org.jspecify.annotations.Nullable;

/// A service or an instance: a row of the table `entity`, held in memory.
///
/// @param id for ever
/// @param fmri of the service or instance
/// @param manifest body of the manifest layer, 0 for none; likewise the others
/// @param profile changes of the profile layer
/// @param admin changes of the administrators' layer
/// @param current body of all layers together
record EntityRow(long id, Fmri fmri, long manifest, long profile, long admin, long current) {

  /// By service; each service before its instances.
  static final Comparator<Fmri> ORDER = EntityRow::compare;

  private static int compare(Fmri one, Fmri other) {
    int services = one.service().compareTo(other.service());
    return services != 0 ? services : instance(one).compareTo(instance(other));
  }

  // see InstanceFmri
  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof EntityRow that
        && id == that.id
        && manifest == that.manifest
        && profile == that.profile
        && admin == that.admin
        && current == that.current
        && fmri.equals(that.fmri);
  }

  @Override
  public int hashCode() {
    return 31 * Long.hashCode(id) + Long.hashCode(current);
  }

  Change toChange() {
    return new Change(
        Sql.PUT_ENTITY, id, fmri.service(), instance(fmri), manifest, profile, admin, current);
  }

  /// The instance's name; empty for a service.
  static String instance(Fmri fmri) {
    return switch (fmri) {
      case InstanceFmri instance -> instance.instance();
      case ServiceFmri service -> "";
    };
  }
}
