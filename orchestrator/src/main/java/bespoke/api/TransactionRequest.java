package bespoke.api;

import bespoke.api.json.JsonException;
import bespoke.api.json.JsonObject;
import bespoke.api.json.JsonWriter;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Requests about changes of many services at once: `svccfg change`.
public sealed interface TransactionRequest extends Request {

  /// Requests that make a change: [ProblemRecord]s, or a [ChangeRecord] with its [MemberRecord]s,
  /// then [ChangeStepRecord]s until it is over, then the [ChangeRecord] again. In a plan, the first
  /// two and what every plan says. The connection is of no use afterwards.
  sealed interface Make extends TransactionRequest {
    /// How long a wave may take; 0 for the default.
    int patienceSeconds();

    /// Why, or empty.
    String comment();
  }

  /// Imports manifests as one change.
  ///
  /// @param files at least one
  record ImportChange(List<SourceText> files, int patienceSeconds, String comment) implements Make {
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
  ///
  /// @param number of the change
  record RevertChange(long number, int patienceSeconds, String comment) implements Make {
    @Override
    public String op() {
      return "change_revert";
    }

    @Override
    public void writeFields(JsonWriter out) {
      out.field("number", number);
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
              fields.smallNumber("patience_seconds"),
              fields.text("comment"));
      case "changes" -> new ListChanges();
      case "change_show" -> new ShowChange(fields.number("number"));
      case "change_revert" ->
          new RevertChange(
              fields.number("number"),
              fields.smallNumber("patience_seconds"),
              fields.text("comment"));
      default -> null;
    };
  }
}
