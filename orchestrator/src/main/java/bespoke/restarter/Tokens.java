package bespoke.restarter;

import bespoke.model.Fmri;
import bespoke.model.InstanceFmri;
import bespoke.model.Origin;
import bespoke.model.Property;
import bespoke.model.PropertyGroup;
import bespoke.model.PropertyGroups;
import bespoke.model.PropertyType;
import bespoke.model.ServiceFmri;
import java.util.Optional;
import java.util.OptionalLong;

/// Replaces the tokens of a method string (smf_method(7), "Method Tokens"; DESIGN 3).
///
/// `%%`, `%s` service, `%i` instance, `%f` FMRI, `%m` method, `%r` restarter; `%{property}` with
/// `%{property,}` and `%{property:}` for lists, and `%{property:-default}`, `%{property:+text}`,
/// `%{property:?message}`. What replaces a token is not looked at again.
final class Tokens {

  /// The longest text that can be one argument of a command, in characters (execve(2)).
  static final int LENGTH_MAX = 131_071;

  private static final int DEPTH_MAX = 8;
  private static final String CONTRACT = "restarter/contract";
  private static final String PROPERTIES = ":properties/";

  private final Configuration configuration;

  Tokens(Configuration configuration) {
    this.configuration = configuration;
  }

  /// Replaces every token.
  ///
  /// @param method `start`, `stop`, …: the value of `%m`
  Expansion expand(String text, InstanceFmri instance, String method, Quoting quoting) {
    return expand(text, instance, method, quoting, OptionalLong.empty());
  }

  /// Replaces every token.
  ///
  /// @param method `start`, `stop`, …: the value of `%m`
  /// @param contract what `%{restarter/contract}` is, which no snapshot holds
  Expansion expand(
      String text, InstanceFmri instance, String method, Quoting quoting, OptionalLong contract) {
    try {
      Run run = new Run(instance, method, quoting, contract);
      run.append(text, 0);
      return new Expansion.Expanded(run.out.toString());
    } catch (TokenException e) {
      return new Expansion.Refused(e.reason());
    }
  }

  private final class Run {
    private final InstanceFmri instance;
    private final String method;
    private final Quoting quoting;
    private final OptionalLong contract;
    private final ShellPosition position = new ShellPosition();
    private final StringBuilder out = new StringBuilder();

    Run(InstanceFmri instance, String method, Quoting quoting, OptionalLong contract) {
      this.instance = instance;
      this.method = method;
      this.quoting = quoting;
      this.contract = contract;
    }

    private void append(String text, int depth) throws TokenException {
      if (depth > DEPTH_MAX) {
        throw new TokenException("tokens are nested more than " + DEPTH_MAX + " deep");
      }
      int at = 0;
      while (at < text.length()) {
        int percent = text.indexOf('%', at);
        if (percent < 0 || percent == text.length() - 1) {
          literal(text.substring(at, percent < 0 ? text.length() : percent));
          return; // a lone % at the end is dropped, as in SMF
        }
        literal(text.substring(at, percent));
        at = token(text, percent, depth);
      }
    }

    private int token(String text, int percent, int depth) throws TokenException {
      char letter = text.charAt(percent + 1);
      if (letter == '{') {
        int close = closing(text, percent + 2);
        property(text.substring(percent + 2, close), depth);
        return close + 1;
      }
      literal(
          switch (letter) {
            case '%' -> "%";
            case 's' -> instance.service();
            case 'i' -> instance.instance();
            case 'f' -> instance.toString();
            case 'm' -> method;
            case 'r' -> "svc.startd";
            default -> throw new TokenException("unknown method token \"%" + letter + "\"");
          });
      return percent + 2;
    }

    private void property(String body, int depth) throws TokenException {
      PropertyToken token = PropertyToken.parse(body);
      Optional<Property> found = find(token.property());
      boolean set = found.isPresent() && found.get().values().stream().anyMatch(v -> !v.isEmpty());
      switch (token.form()) {
        case PLAIN ->
            values(
                token,
                found.orElseThrow(
                    () -> new TokenException("property \"" + token.property() + "\" not found")));
        case DEFAULT -> {
          if (set) {
            values(token, found.get());
          } else {
            append(token.text(), depth + 1);
          }
        }
        case IF_SET -> append(set ? token.text() : "", depth + 1);
        case REQUIRED -> {
          if (!set) {
            throw new TokenException(
                "property \""
                    + token.property()
                    + "\": "
                    + (token.text().isEmpty() ? "not set" : token.text()));
          }
          values(token, found.get());
        }
      }
    }

    private void values(PropertyToken token, Property property) throws TokenException {
      String separator = "";
      for (String value : property.values()) {
        literal(separator);
        if (value.indexOf('\0') >= 0) {
          throw new TokenException("property \"" + token.property() + "\" holds a NUL character");
        }
        emit(quoting == Quoting.SHELL ? position.quote(token.property(), value) : value);
        separator = token.separator();
      }
    }

    private void literal(String text) throws TokenException {
      position.read(text);
      emit(text);
    }

    private void emit(String text) throws TokenException {
      out.append(text);
      if (out.length() > LENGTH_MAX) {
        throw new TokenException("the expanded text is longer than " + LENGTH_MAX + " characters");
      }
    }

    private Optional<Property> find(String name) throws TokenException {
      int properties = name.indexOf(PROPERTIES);
      if (properties >= 0) {
        return elsewhere(name, properties);
      }
      if (name.equals(CONTRACT) && contract.isPresent()) {
        String number = Long.toString(contract.getAsLong());
        return Optional.of(Property.of(name, PropertyType.COUNT, number, Origin.UNKNOWN));
      }
      int slash = name.indexOf('/');
      String group = slash < 0 ? PropertyGroup.APPLICATION : name.substring(0, slash);
      String property = name.substring(slash + 1);
      if (group.equals("restarter")) {
        return configuration.status(instance).flatMap(status -> status.property(property));
      }
      Optional<Property> running =
          configuration.running(instance).flatMap(groups -> groups.property(group, property));
      return running.isPresent()
          ? running
          : configuration.editing(instance).flatMap(groups -> groups.property(group, property));
    }
  }

  /// A property by its full FMRI: of another instance's running snapshot, or of a service as it is
  /// now.
  private Optional<Property> elsewhere(String name, int properties) throws TokenException {
    String path = name.substring(properties + PROPERTIES.length());
    int slash = path.indexOf('/');
    if (slash <= 0 || slash == path.length() - 1) {
      throw new TokenException("cannot parse \"" + name + "\": it names no group/property");
    }
    String owner = name.substring(0, properties);
    Fmri fmri = parse(name, owner.endsWith("/") ? owner.substring(0, owner.length() - 1) : owner);
    Optional<PropertyGroups> groups =
        switch (fmri) {
          case InstanceFmri other ->
              Optional.of(
                  configuration
                      .running(other)
                      .orElseThrow(
                          () -> new TokenException(other + " has no running configuration")));
          case ServiceFmri service -> configuration.service(service);
        };
    return groups.flatMap(g -> g.property(path.substring(0, slash), path.substring(slash + 1)));
  }

  private static Fmri parse(String name, String owner) throws TokenException {
    try {
      return Fmri.parse(owner);
    } catch (IllegalArgumentException e) {
      throw new TokenException("cannot parse \"" + name + "\": " + e.getMessage());
    }
  }

  /// The index of the `}` that ends a token, past nested `%{…}` and `${…}`.
  private static int closing(String text, int from) throws TokenException {
    int depth = 0;
    for (int i = from; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '\\') {
        i++;
      } else if (c == '{' && i > from && "%$".indexOf(text.charAt(i - 1)) >= 0) {
        depth++;
      } else if (c == '}' && depth-- == 0) {
        return i;
      }
    }
    throw new TokenException("cannot parse \"" + text.substring(from - 2) + "\": it lacks a }");
  }
}
