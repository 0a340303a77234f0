package bespoke.model;

import org.jspecify.annotations.Nullable;

/// One instance of a service, the thing that runs: `svc:/site/web:default`.
///
/// @param service the service path, see [Names#isServicePath]
/// @param instance the instance name, see [Names#isName]
public record InstanceFmri(String service, String instance)
    implements Fmri, Comparable<InstanceFmri> {

  /// The instance name of a service that has only one.
  public static final String DEFAULT_INSTANCE = "default";

  /// @throws IllegalArgumentException if a name is not valid
  public InstanceFmri {
    Names.requireServicePath(service);
    Names.requireName("instance", instance);
  }

  /// Reads the FMRI of an instance; a service path alone means its default instance.
  ///
  /// @throws IllegalArgumentException if the text is no FMRI
  public static InstanceFmri parse(String text) {
    return switch (Fmri.parse(text)) {
      case InstanceFmri instance -> instance;
      case ServiceFmri service -> service.instance(DEFAULT_INSTANCE);
    };
  }

  @Override
  public ServiceFmri serviceFmri() {
    return new ServiceFmri(service);
  }

  /// The text without `svc:/`, as in log messages and legacy listings: `site/web:default`.
  public String shortName() {
    return service + ":" + instance;
  }

  /// The name of the instance's log file: the service path with `/` as `-`, then `:instance.log`
  /// (smf(7)).
  public String logFileName() {
    return service.replace('/', '-') + ":" + instance + ".log";
  }

  @Override
  public int compareTo(InstanceFmri other) {
    int byService = service.compareTo(other.service);
    return byService != 0 ? byService : instance.compareTo(other.instance);
  }

  // The most frequent key of all: what the compiler adds to a record is linked when it is first
  // used, and slow until it is compiled.
  @Override
  public boolean equals(@Nullable Object other) {
    return this == other
        || other instanceof InstanceFmri that
            && service.equals(that.service)
            && instance.equals(that.instance);
  }

  @Override
  public int hashCode() {
    return 31 * service.hashCode() + instance.hashCode();
  }

  @Override
  public String toString() {
    return "svc:/" + service + ":" + instance;
  }
}
