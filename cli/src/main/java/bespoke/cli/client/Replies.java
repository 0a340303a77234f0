package bespoke.cli.client;

import bespoke.api.json.JsonObject;

/// Takes the lines of an answer, except the last.
public interface Replies {

  /// One line.
  ///
  /// @param kind such as `instance`
  /// @param fields of the record
  void line(String kind, JsonObject fields);

  /// A table, ready to be printed; only for who asked for one.
  ///
  /// @param text in UTF-8
  default void table(byte[] text) {}
}
