package bespoke.api;

import bespoke.api.json.JsonException;
import bespoke.api.json.JsonObject;
import bespoke.api.json.JsonWriter;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Requests about changes of many services at once: `svccfg change`.
public sealed interface TransactionRequest extends Request {

  /// Whether it is answered until the change is over; the connection is of no use afterwards.
  default boolean isLong() {
    return switch (this) {
      case ImportChange change -> !change.plan();
      case RevertChange change -> !change.plan();
      case ListChanges _, ShowChange _ -> false;
    };
  }

  /// Imports manifests as one change: [ProblemRecord]s, or a [ChangeRecord] with its
  /// [MemberRecord]s, then [ChangeStepRecord]s until it is over, then the [ChangeRecord] again.
  ///
  /// @param files at least one
  /// @param plan tell what would happen and change nothing
  /// @param patienceSeconds how long a wave may take, 0 for the default
  /// @param comment why, or empty
  record ImportChange(List<SourceText> files, boolean plan, int patienceSeconds, String comment)
      implements TransactionRequest {
    public ImportChange {
      files = List.copyOf(files);
    }

    @Override
    public String op() {
      return "change_import";
    }

    @Override
    public void writeFields(JsonWriter out) {
      out.objects("files", files);
      out.field("plan", plan);
      out.field("patience_seconds", patienceSeconds);
      out.field("comment", comment);
    }
  }

  /// All changes that are remembered, the latest first: [ChangeRecord]s.
  record ListChanges() implements TransactionRequest {
    @Override
    public String op() {
      return "changes";
    }

    @Override
    public void writeFields(JsonWriter out) {}
  }

  /// One change: its [ChangeRecord] and [MemberRecord]s.
  ///
  /// @param number of the change; 0 means the latest
  record ShowChange(long number) implements TransactionRequest {
    @Override
    public String op() {
      return "change_show";
    }

    @Override
    public void writeFields(JsonWriter out) {
      out.field("number", number);
    }
  }

  /// Takes a change back: one that is under way at once, one that is over by another change.
  /// Answered like [ImportChange].
  ///
  /// @param number of the change
  /// @param plan tell what would happen and change nothing
  /// @param patienceSeconds how long a wave may take, 0 for the default
  /// @param comment why, or empty
  record RevertChange(long number, boolean plan, int patienceSeconds, String comment)
      implements TransactionRequest {
    @Override
    public String op() {
      return "change_revert";
    }

    @Override
    public void writeFields(JsonWriter out) {
      out.field("number", number);
      out.field("plan", plan);
      out.field("patience_seconds", patienceSeconds);
      out.field("comment", comment);
    }
  }

  /// Reads one of these; null if the operation is another.
  static @Nullable TransactionRequest read(JsonObject fields) throws JsonException {
    return switch (fields.text("op")) {
      case "change_import" ->
          new ImportChange(
              SourceText.list(fields.objects("files")),
              fields.flag("plan"),
              fields.smallNumber("patience_seconds"),
              fields.text("comment"));
      case "changes" -> new ListChanges();
      case "change_show" -> new ShowChange(fields.number("number"));
      case "change_revert" ->
          new RevertChange(
              fields.number("number"),
              fields.flag("plan"),
              fields.smallNumber("patience_seconds"),
              fields.text("comment"));
      default -> null;
    };
  }
}
