package bespoke.api;

import bespoke.api.json.JsonWritable;
import bespoke.api.json.JsonWriter;

/// One line of an answer: `{"KIND":{…}}`. The last line of an answer is an [Outcome].
public sealed interface Reply extends JsonWritable
    permits InstanceRecord,
        Explanation,
        TransitionRecord,
        CauseRecord,
        ActedRecord,
        NoteRecord,
        ProgressRecord,
        PlanStepRecord,
        PlanEffectRecord,
        PlanRecord,
        BootChangeRecord,
        ProblemRecord,
        ImportedRecord,
        ConstructRecord,
        DescriptionRecord,
        ConfiguredEntity,
        AppliedRecord,
        DifferenceRecord,
        EdgeDifferenceRecord,
        NameRecord,
        TextRecord,
        TableRecord,
        VertexRecord,
        EdgeRecord,
        ImpactRecord,
        PathRecord,
        FindingRecord,
        CriticalStepRecord,
        BootStartRecord,
        ContractRecord,
        ContractEventRecord,
        ChangeRecord,
        MemberRecord,
        ChangeStepRecord,
        PongRecord,
        Outcome {

  /// The word that stands before the object on the wire, such as `instance`.
  String kind();

  /// The line with its newline.
  default byte[] toLine() {
    return JsonWriter.forWire().beginObject().field(kind(), this).endObject().line();
  }
}
