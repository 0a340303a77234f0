package bespoke.model;

/// A service, which stands for all of its instances: `svc:/site/web`.
///
/// @param service the service path, see [Names#isServicePath]
public record ServiceFmri(String service) implements Fmri, Comparable<ServiceFmri> {

  /// @throws IllegalArgumentException if the path is not valid
  public ServiceFmri {
    Names.requireServicePath(service);
  }

  @Override
  public ServiceFmri serviceFmri() {
    return this;
  }

  /// An instance of this service.
  public InstanceFmri instance(String name) {
    return new InstanceFmri(service, name);
  }

  @Override
  public int compareTo(ServiceFmri other) {
    return service.compareTo(other.service);
  }

  @Override
  public String toString() {
    return "svc:/" + service;
  }
}
