package bespoke.cli;

import bespoke.api.Glob;
import bespoke.api.InstanceRecord;
import bespoke.api.InstanceRequest;
import bespoke.cli.client.DaemonUnreachableException;
import bespoke.cli.render.FmriText;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// "Did you mean" for operands that match nothing.
final class Suggestions {

  private Suggestions() {}

  /// Prints the nearest FMRI of each operand that is near to one.
  static void print(Session session, List<String> unmatched) throws DaemonUnreachableException {
    if (unmatched.isEmpty()) {
      return;
    }
    Session.Answer answer =
        session.collect(
            new InstanceRequest.ListInstances(List.of(), false, false, false), "instance");
    Map<String, String> names = names(Instances.read(answer.lines()));
    for (String operand : unmatched) {
      String nearest = Glob.isGlob(operand) ? "" : Nearest.to(operand, names.keySet());
      if (!nearest.isEmpty()) {
        session.error("Did you mean " + names.get(nearest) + "?");
      }
    }
  }

  /// Everything that a person could have meant to type, with the FMRI it means.
  private static Map<String, String> names(List<InstanceRecord> instances) {
    Map<String, String> names = new LinkedHashMap<>();
    for (InstanceRecord instance : instances) {
      for (String name : spellings(instance.fmri())) {
        names.putIfAbsent(name, instance.fmri());
      }
    }
    return names;
  }

  private static List<String> spellings(String fmri) {
    List<String> spellings = new ArrayList<>();
    String service = FmriText.service(fmri);
    spellings.add(fmri);
    spellings.add(FmriText.serviceFmri(fmri));
    spellings.add(FmriText.brief(fmri));
    spellings.add(FmriText.instance(fmri));
    for (int at = 0; at >= 0; at = service.indexOf('/', at) + 1) {
      spellings.add(service.substring(at));
      if (service.indexOf('/', at) < 0) {
        break;
      }
    }
    return spellings;
  }
}
