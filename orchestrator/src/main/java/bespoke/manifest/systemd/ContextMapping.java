package bespoke.manifest.systemd;

import bespoke.manifest.Fidelity;
import bespoke.manifest.GroupDraft;
import bespoke.model.PropertyGroup;
import bespoke.model.PropertyType;
import bespoke.model.definition.LinuxNames;
import bespoke.model.definition.Values;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// Fills `method_context` (systemd.exec(5)): environment, directory, limits, priorities; and the
/// account, unless methods take care of that.
final class ContextMapping {

  static final String CONTEXT = "method_context";

  /// systemd's own, which differs from that of smf_method(7).
  private static final String SEARCH_PATH = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin";

  private static final String SERVICE = "Service";

  private final Unit unit;
  private final Report report;
  private final GroupDraft draft;

  ContextMapping(Unit unit, Report report, GroupDraft draft) {
    this.unit = unit;
    this.report = report;
    this.draft = draft;
  }

  /// @param isOfMethods whether methods become the account by themselves
  void fill(Account account, boolean isOfMethods) {
    if (!isOfMethods) {
      account(account);
    }
    workingDirectory(account);
    environment(account);
    umask();
    LinuxNames.LIMITS.stream().sorted().forEach(this::limit);
    number("Nice", "nice", -20, 19);
    number("OOMScoreAdjust", "oom_score_adj", -1000, 1000);
  }

  private void account(Account account) {
    if (account.isOther()) {
      draft.text(CONTEXT, "user", account.user(), unit.at());
    }
    if (!account.group().isEmpty()) {
      draft.text(CONTEXT, "group", account.group(), unit.at());
    }
    if (!account.supplementary().isEmpty() || account.isDynamic()) {
      draft.texts(CONTEXT, "supp_groups", account.supplementary(), unit.at());
    }
    account
        .capabilities()
        .ifPresent(names -> draft.texts(CONTEXT, "capabilities", names, unit.at()));
    if (account.noNewPrivileges()) {
      draft.put(
          CONTEXT,
          PropertyGroup.FRAMEWORK,
          "no_new_privileges",
          PropertyType.BOOLEAN,
          List.of("true"),
          unit.at());
    }
  }

  private void workingDirectory(Account account) {
    Optional<Assignment> said = unit.last(SERVICE, "WorkingDirectory");
    String wanted = said.flatMap(it -> unit.specifiers().expand(it.value())).orElse("/");
    String path = wanted.startsWith("-") ? wanted.substring(1) : wanted;
    boolean isHome = path.equals("~");
    boolean isPath = path.startsWith("/") && !List.of(path.split("/")).contains("..");
    said.ifPresent(it -> {
      if (!isHome && !isPath) {
        report.dropped(it, "not an absolute path");
      } else if (wanted.startsWith("-")) {
        report.approximated(it, "has to exist when the service starts");
      } else {
        report.exact(it, "");
      }
    });
    boolean isDefaultHome = isHome && account.isOther();
    if (!isDefaultHome) {
      draft.text(CONTEXT, "working_directory", isHome ? "/root" : isPath ? path : "/", unit.at());
    }
  }

  private void environment(Account account) {
    draft.append(CONTEXT, "environment", "PATH=" + SEARCH_PATH, unit.at());
    login(account);
    for (Assignment assignment : unit.all(SERVICE, "Environment")) {
      variables(assignment);
    }
    unset();
    for (Assignment assignment : unit.all(SERVICE, "EnvironmentFile")) {
      Optional<String> path = unit.specifiers().expand(assignment.value());
      if (path.isPresent() && path.get().matches("-?/.*") && !path.get().matches(".*[*?\\[].*")) {
        draft.append(CONTEXT, "environment_files", path.get(), assignment.at());
        report.exact(assignment, "");
      } else {
        report.dropped(assignment, "not one absolute path that is known now");
      }
    }
  }

  /// Whoever has a `User=` is told its name, home and shell.
  private void login(Account account) {
    boolean isWanted = unit.isOn(SERVICE, "SetLoginEnvironment", true);
    unit.last(SERVICE, "SetLoginEnvironment").ifPresent(it -> report.exact(it, ""));
    Optional<Assignment> said = unit.last(SERVICE, "User");
    if (!isWanted || said.isEmpty() || account.user().isEmpty() || account.isDynamic()) {
      return;
    }
    Optional<PasswordFile.Login> login = unit.passwords().login(account.user());
    String name = login.map(PasswordFile.Login::name).orElse(account.user());
    login.ifPresent(it -> variable("HOME", it.home()));
    variable("LOGNAME", name);
    login.filter(it -> !it.shell().isEmpty()).ifPresent(it -> variable("SHELL", it.shell()));
    variable("USER", name);
    if (login.isEmpty()) {
      report.note(
          Fidelity.APPROXIMATED,
          said.get(),
          "no account of this machine yet: import again when it is, so that HOME and SHELL are"
              + " set");
    }
  }

  private void variable(String name, String value) {
    draft.append(CONTEXT, "environment", name + "=" + value, unit.at());
  }

  /// `UnsetEnvironment=` takes away what is said here; what a file says comes when a method runs.
  private void unset() {
    for (Assignment assignment : unit.all(SERVICE, "UnsetEnvironment")) {
      List<String> gone = Words.texts(assignment.value());
      List<String> others =
          draft.values(CONTEXT, "environment").stream()
              .filter(it ->
                  !gone.contains(it)
                      && !gone.contains(it.substring(0, Math.max(0, it.indexOf('=')))))
              .toList();
      draft.texts(CONTEXT, "environment", others, unit.at());
      if (unit.all(SERVICE, "EnvironmentFile").isEmpty()) {
        report.exact(assignment, "");
      } else {
        report.approximated(assignment, "not what an EnvironmentFile= sets");
      }
    }
  }

  private void variables(Assignment assignment) {
    boolean all = true;
    for (String word : Words.texts(assignment.value())) {
      Optional<String> entry =
          unit.specifiers().expand(word).filter(it -> it.matches("(?s)[A-Za-z_][A-Za-z0-9_]*=.*"));
      if (entry.isEmpty()) {
        all = false;
        continue;
      }
      String name = entry.get().substring(0, entry.get().indexOf('=') + 1);
      List<String> others =
          draft.values(CONTEXT, "environment").stream().filter(it -> !it.startsWith(name)).toList();
      draft.texts(CONTEXT, "environment", others, assignment.at());
      draft.append(CONTEXT, "environment", entry.get(), assignment.at());
    }
    if (all) {
      report.exact(assignment, "");
    } else {
      report.dropped(assignment, "a word is no NAME=value, or is not known before the start");
    }
  }

  private void umask() {
    unit.last(SERVICE, "UMask")
        .ifPresent(assignment -> {
          String digits = assignment.value().replaceFirst("^0(?=[0-7]{4}$)", "");
          if (Values.isUmask(digits)) {
            draft.text(CONTEXT, "umask", digits, assignment.at());
            report.exact(assignment, "");
          } else {
            report.dropped(assignment, "not an octal mask");
          }
        });
  }

  private void limit(String name) {
    String key = "Limit" + name.toUpperCase(Locale.ROOT);
    unit.last(SERVICE, key)
        .ifPresent(assignment -> {
          Optional<String> bounds = bounds(name, assignment.value());
          if (bounds.isPresent() && Values.limit(bounds.get()).isPresent()) {
            draft.append(CONTEXT, "limits", name + "=" + bounds.get(), assignment.at());
            report.exact(assignment, "");
          } else {
            report.dropped(assignment, "not a limit that setrlimit(2) takes");
          }
        });
  }

  private static Optional<String> bounds(String name, String value) {
    StringBuilder bounds = new StringBuilder();
    for (String part : value.split(":", 2)) {
      Optional<String> one = bound(name, part.strip());
      if (one.isEmpty()) {
        return Optional.empty();
      }
      bounds.append(bounds.isEmpty() ? "" : ":").append(one.get());
    }
    return Optional.of(bounds.toString());
  }

  private static Optional<String> bound(String name, String text) {
    if (text.equals("infinity")) {
      return Optional.of("unlimited");
    }
    if (name.equals("nice") && text.matches("[+-][0-9]{1,2}")) {
      return Optional.of(Integer.toString(20 - Integer.parseInt(text)));
    }
    boolean isSpan = name.equals("cpu") || name.equals("rttime");
    if (isSpan && !text.matches("[0-9]+")) {
      return Quantities.seconds(text)
          .map(seconds -> new java.math.BigDecimal(seconds))
          .map(seconds -> name.equals("cpu") ? seconds : seconds.movePointRight(6))
          .map(number -> number.toBigInteger().toString());
    }
    var size = Quantities.size(text);
    return size.isPresent() ? Optional.of(Quantities.sizeText(size.getAsLong())) : Optional.empty();
  }

  private void number(String key, String property, int min, int max) {
    unit.last(SERVICE, key)
        .ifPresent(assignment -> {
          String text = assignment.value().replaceFirst("^\\+", "");
          if (Values.integer(text, min, max).isPresent()) {
            draft.put(
                CONTEXT,
                PropertyGroup.FRAMEWORK,
                property,
                PropertyType.INTEGER,
                List.of(text),
                assignment.at());
            report.exact(assignment, "");
          } else {
            report.dropped(assignment, "not a number from " + min + " to " + max);
          }
        });
  }
}
