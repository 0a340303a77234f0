package bespoke.repository;

/// Every statement that changes the store. A transaction is a list of these with their values: the
/// redo log keeps exactly that, so doing it again is the same code.
///
/// All are idempotent. Their order is part of the redo log's format: add at the end only. Rows end
/// with a CRC-32C of their other columns; `checked` says that the writer adds it.
enum Sql {
  PUT_META("INSERT OR REPLACE INTO meta VALUES(?,?,?,?,?,?)", true),
  PUT_BODY("INSERT OR REPLACE INTO body VALUES(?,?,?)", true),
  PUT_ENTITY("INSERT OR REPLACE INTO entity VALUES(?,?,?,?,?,?,?,?)", true),
  DELETE_ENTITY("DELETE FROM entity WHERE id=?", false),
  PUT_ENABLED("INSERT OR REPLACE INTO enabled VALUES(?,?,?,?,?,?)", true),
  DELETE_ENABLED("DELETE FROM enabled WHERE entity=?", false),
  PUT_SNAPSHOT("INSERT OR REPLACE INTO snapshot VALUES(?,?,?,?,?,?)", true),
  DELETE_SNAPSHOTS("DELETE FROM snapshot WHERE entity=?", false),
  PUT_DEPENDENT("INSERT OR REPLACE INTO dependent VALUES(?,?,?,?,?)", true),
  DELETE_DEPENDENT("DELETE FROM dependent WHERE target=? AND name=?", false),
  PUT_FILE("INSERT OR REPLACE INTO file VALUES(?,?,?,?,?,?)", true),
  DELETE_FILE("DELETE FROM file WHERE path=?", false),
  /// Removes property groups that nothing refers to any more.
  SWEEP(
      """
      DELETE FROM body WHERE id NOT IN (
        SELECT manifest FROM entity UNION SELECT profile FROM entity UNION SELECT admin FROM entity
        UNION SELECT current FROM entity UNION SELECT own FROM snapshot
        UNION SELECT service FROM snapshot UNION SELECT body FROM dependent)\
      """,
      false),
  /// Brings a store of version 1 to version 2.
  MAKE_MACHINE(Schema.MACHINE.replace("CREATE TABLE", "CREATE TABLE IF NOT EXISTS"), false),
  PUT_MACHINE("INSERT OR REPLACE INTO machine VALUES(?,?,?)", true);

  private final String text;
  private final boolean checked;

  Sql(String text, boolean checked) {
    this.text = text;
    this.checked = checked;
  }

  /// The statement.
  String text() {
    return text;
  }

  /// Whether the last column is the checksum of the others.
  boolean isChecked() {
    return checked;
  }
}
