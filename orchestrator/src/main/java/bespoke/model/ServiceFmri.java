package bespoke.model;

import org.jspecify.annotations.Nullable;

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

  // The most frequent key of all: what the compiler adds to a record is linked when it is first
  // used, and slow until it is compiled.
  @Override
  public boolean equals(@Nullable Object other) {
    return this == other || other instanceof ServiceFmri that && service.equals(that.service);
  }

  @Override
  public int hashCode() {
    return service.hashCode();
  }

  @Override
  public String toString() {
    return "svc:/" + service;
  }
}
