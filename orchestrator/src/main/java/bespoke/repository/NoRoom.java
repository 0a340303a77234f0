package bespoke.repository;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import org.sqlite.SQLiteErrorCode;

/// Whether a failure means that the disk is full; SQLite says so only of some writes, and calls
/// others an error of the disk.
final class NoRoom {

  static final String REASON = "no space left on device; make room";

  private static final long ROOM_BYTES = 256 << 10;

  private NoRoom() {}

  /// @param file on the file system in question
  static boolean isCauseOf(SQLException e, Path file) {
    int code = e.getErrorCode() & 0xff;
    return code == SQLiteErrorCode.SQLITE_FULL.code
        || code == SQLiteErrorCode.SQLITE_IOERR.code && isFull(file);
  }

  private static boolean isFull(Path file) {
    try {
      return Files.getFileStore(file).getUsableSpace() < ROOM_BYTES;
    } catch (IOException e) {
      return false;
    }
  }
}
