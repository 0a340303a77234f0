package bespoke.repository;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Does the transactions of the redo log that a store does not have yet.
final class Replay {

  private final Database database;
  private long reached;
  private long seen;
  private @Nullable SQLException failure;

  private Replay(Database database, long from) {
    this.database = database;
    this.reached = from;
    this.seen = from;
  }

  /// How far it got.
  ///
  /// @param reached number of the store's last transaction now
  /// @param seen the highest number in the log; more than `reached` if some in between are lost
  /// @param unusable segments behind a gap
  record Result(long reached, long seen, List<RedoSegment> unusable) {}

  /// Does what is missing.
  ///
  /// @param from number of the store's last transaction
  static Result run(Database database, Path directory, long from) throws IOException, SQLException {
    Replay replay = new Replay(database, from);
    List<RedoSegment> unusable = new ArrayList<>();
    List<RedoSegment> segments = RedoSegment.list(directory);
    for (int i = 0; i < segments.size(); i++) {
      if (i + 1 < segments.size() && segments.get(i + 1).first() <= from + 1) {
        continue; // the store has all of it
      }
      RedoSegment segment = segments.get(i);
      RedoSegment.Tail tail = segment.read(replay::transaction);
      if (replay.failure != null) {
        throw replay.failure;
      }
      replay.seen = Math.max(replay.seen, tail.last());
      if (segment.first() > replay.reached + 1) {
        replay.seen = Math.max(replay.seen, segment.first() - 1);
        unusable.add(segment);
      }
    }
    return new Result(replay.reached, replay.seen, unusable);
  }

  private void transaction(long sequence, RecordReader in) {
    if (sequence != reached + 1 || failure != null) {
      return;
    }
    try {
      database.execute("BEGIN IMMEDIATE");
      while (!in.atEnd()) {
        Change change = Change.read(in);
        database.change(change.sql(), change.values());
      }
      database.execute("COMMIT");
      reached = sequence;
    } catch (SQLException e) {
      failure = e;
    }
  }
}
