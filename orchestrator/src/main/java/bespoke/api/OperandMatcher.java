package bespoke.api;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/// Which instances the operands of a command mean (smf.md 1.3): exactly, by glob, or by
/// abbreviation.
///
/// An exact operand costs a look-up; only a glob or an abbreviation walks all FMRIs.
public final class OperandMatcher {

  /// The longest operand that can match, in characters.
  public static final int OPERAND_LENGTH_MAX = 600;

  /// What there is to match against.
  public interface Catalogue {

    /// Whether the instance exists; the FMRI is in canonical form.
    boolean hasInstance(String fmri);

    /// The instances of a service, in the order of their FMRIs; empty if there is none.
    Collection<String> instancesOf(String serviceFmri);

    /// The FMRIs of all instances, in their order, legacy entries too.
    Iterable<String> all();
  }

  /// How an operand was understood.
  public enum Kind {
    /// The FMRI of an instance.
    INSTANCE,
    /// The FMRI of a service.
    SERVICE,
    /// A pattern.
    GLOB,
    /// A part of an FMRI.
    ABBREVIATION
  }

  /// What one operand matches.
  ///
  /// @param operand as typed
  /// @param kind how it was understood
  /// @param fmris the instances, in the order of the catalogue; empty if there is none
  public record Match(String operand, Kind kind, List<String> fmris) {
    public Match {
      fmris = List.copyOf(fmris);
    }

    /// Whether a person must say which one is meant: several match though no pattern was given.
    public boolean isAmbiguous() {
      return fmris.size() > 1 && (kind == Kind.ABBREVIATION || kind == Kind.SERVICE);
    }
  }

  private final Catalogue catalogue;

  /// A matcher over what the catalogue has now.
  public OperandMatcher(Catalogue catalogue) {
    this.catalogue = catalogue;
  }

  /// What each operand matches, in their order.
  public List<Match> matches(List<String> operands) {
    List<Match> matches = new ArrayList<>(operands.size());
    for (String operand : operands) {
      matches.add(match(operand));
    }
    return matches;
  }

  /// Every matched FMRI once, in the order of the operands.
  public static Set<String> union(List<Match> matches) {
    Set<String> fmris = new LinkedHashSet<>();
    for (Match match : matches) {
      fmris.addAll(match.fmris());
    }
    return fmris;
  }

  /// The operands that match nothing.
  public static List<String> unmatched(List<Match> matches) {
    List<String> operands = new ArrayList<>();
    for (Match match : matches) {
      if (match.fmris().isEmpty()) {
        operands.add(match.operand());
      }
    }
    return operands;
  }

  /// What one operand matches.
  public Match match(String operand) {
    if (operand.length() > OPERAND_LENGTH_MAX) {
      return new Match(operand, Kind.ABBREVIATION, List.of());
    }
    String fmri = canonical(operand);
    if (catalogue.hasInstance(fmri)) {
      return new Match(operand, Kind.INSTANCE, List.of(fmri));
    }
    Collection<String> instances = catalogue.instancesOf(fmri);
    if (!instances.isEmpty()) {
      return new Match(operand, Kind.SERVICE, List.copyOf(instances));
    }
    boolean glob = Glob.isGlob(operand);
    Glob pattern = new Glob(glob ? withScheme(operand) : "");
    List<String> found = new ArrayList<>();
    for (String candidate : catalogue.all()) {
      if (glob ? pattern.matches(candidate) : isAbbreviation(operand, candidate)) {
        found.add(candidate);
      }
    }
    return new Match(operand, glob ? Kind.GLOB : Kind.ABBREVIATION, found);
  }

  /// The canonical form of an FMRI that may lack `svc:` and slashes; `operand` itself when it names
  /// another scheme or host.
  public static String canonical(String operand) {
    if (operand.startsWith("lrc:") || operand.startsWith("file:")) {
      return operand;
    }
    String rest = operand.startsWith("svc:") ? operand.substring(4) : operand;
    if (rest.startsWith("//")) {
      int slash = rest.indexOf('/', 2);
      String scope = slash < 0 ? rest.substring(2) : rest.substring(2, slash);
      if (scope.endsWith("@localhost")) {
        scope = scope.substring(0, scope.length() - "@localhost".length());
      }
      if (slash < 0 || !(scope.isEmpty() || scope.equals("localhost"))) {
        return operand;
      }
      rest = rest.substring(slash);
    }
    return "svc:/" + (rest.startsWith("/") ? rest.substring(1) : rest);
  }

  /// Whether the operand stands in the FMRI from a `/` or `:` to its end or to a `:`; every
  /// occurrence counts.
  static boolean isAbbreviation(String operand, String fmri) {
    if (operand.isEmpty()) {
      return false;
    }
    int schemeEnd = fmri.startsWith("svc:/") || fmri.startsWith("lrc:/") ? 5 : 0;
    for (int at = fmri.indexOf(operand); at >= 0; at = fmri.indexOf(operand, at + 1)) {
      int end = at + operand.length();
      boolean begins =
          at == 0
              || operand.charAt(0) == ':'
              || fmri.charAt(at - 1) == '/'
              || fmri.charAt(at - 1) == ':';
      boolean ends = end == fmri.length() || fmri.charAt(end) == ':' || operand.endsWith(":");
      if (begins && ends && end > schemeEnd) {
        return true;
      }
    }
    return false;
  }

  private static String withScheme(String operand) {
    boolean asIs = operand.startsWith("*") || operand.length() > 3 && operand.charAt(3) == ':';
    if (asIs) {
      return operand;
    }
    return "svc:/" + (operand.startsWith("/") ? operand.substring(1) : operand);
  }
}
