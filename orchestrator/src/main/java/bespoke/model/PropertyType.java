package bespoke.model;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// The types of property values (scf_value_create(3SCF)).
public enum PropertyType {
  BOOLEAN,
  COUNT,
  INTEGER,
  TIME,
  OPAQUE,
  ASTRING,
  USTRING,
  URI,
  FMRI,
  HOST,
  HOSTNAME,
  NET_ADDRESS,
  NET_ADDRESS_V4,
  NET_ADDRESS_V6;

  /// The type's name in manifests and in svcprop(1).
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }

  /// The type of that name, or null.
  public static @Nullable PropertyType named(String name) {
    for (PropertyType type : values()) {
      if (type.toString().equals(name)) {
        return type;
      }
    }
    return null;
  }
}
