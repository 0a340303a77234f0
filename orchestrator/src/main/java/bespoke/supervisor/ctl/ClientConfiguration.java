package bespoke.supervisor.ctl;

import bespoke.supervisor.config.ConfigurationException;
import bespoke.supervisor.config.Expansion;
import bespoke.supervisor.config.Ini;
import bespoke.supervisor.config.IniFiles;
import bespoke.supervisor.config.IniParser;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What the client needs to know: the command line wins over the section `[supervisorctl]`.
///
/// @param username null = none
/// @param password null = none
/// @param historyFile null = none
record ClientConfiguration(
    ServerUrl url,
    @Nullable String username,
    @Nullable String password,
    String prompt,
    @Nullable Path historyFile) {
  private static final String SECTION = "supervisorctl";

  /// @param file null if there is none
  static ClientConfiguration read(
      ClientOptions options, @Nullable Path file, Map<String, String> environment)
      throws ConfigurationException {
    Ini ini = file == null ? new Ini() : parsed(file);
    refusePlugins(ini);
    Expansion names = Expansion.empty().withEnvironment(environment);
    if (file != null) {
      names = names.with("here", String.valueOf(file.toAbsolutePath().normalize().getParent()));
      ini = withIncluded(ini, file, names);
    }
    String url = value(options, ini, "serverurl", names);
    String history = value(options, ini, "history-file", names);
    String prompt = value(options, ini, "prompt", names);
    String text = url == null ? "http://localhost:9001" : url;
    return new ClientConfiguration(
        ServerUrl.of(text)
            .orElseThrow(() ->
                new ConfigurationException(
                    "serverurl '" + text + "' is neither http://host:port nor unix:///path")),
        value(options, ini, "username", names),
        value(options, ini, "password", names),
        prompt == null ? "supervisor" : prompt,
        history == null ? null : Path.of(history));
  }

  /// Plugins are Python; without them commands that somebody counts on would be missing.
  private static void refusePlugins(Ini ini) throws ConfigurationException {
    List<String> problems = new ArrayList<>();
    for (String section : ini.sectionNames("ctlplugin")) {
      problems.add(
          ini.value(section, "supervisor.ctl_factory")
              .map(factory ->
                  factory.text().strip()
                      + " cannot be resolved within ["
                      + section
                      + "]: this supervisorctl has no plugins; remove the section")
              .orElse("section [" + section + "] does not specify a supervisor.ctl_factory"));
    }
    if (!problems.isEmpty()) {
      throw new ConfigurationException(problems);
    }
  }

  /// What included files say counts where the file itself says nothing: the stock client looks at
  /// that one only. A person may be unable to read them, which is no reason not to answer.
  private static Ini withIncluded(Ini main, Path file, Expansion names)
      throws ConfigurationException {
    Ini all = new Ini();
    if (main.hasSection("include")) {
      try {
        all = new IniFiles(file, names, new ArrayList<>()).read();
      } catch (ConfigurationException _) {
        // the server says what is wrong with them
      }
    }
    all.merge(main);
    if (!all.hasSection(SECTION)) {
      throw new ConfigurationException(".ini file does not include supervisorctl section");
    }
    return all;
  }

  private static Ini parsed(Path file) throws ConfigurationException {
    if (!Files.exists(file)) {
      throw new ConfigurationException("could not find config file " + file);
    }
    try {
      return IniParser.parse(Files.readString(file, StandardCharsets.UTF_8), file.toString());
    } catch (IOException e) {
      throw new ConfigurationException("could not read config file " + file + ": " + e);
    }
  }

  private static @Nullable String value(
      ClientOptions options, Ini ini, String name, Expansion names) throws ConfigurationException {
    String given = options.value(name);
    if (given != null) {
      return given;
    }
    String key = name.replace('-', '_');
    Ini.Value value = ini.value(SECTION, key).orElse(null);
    return value == null ? null : names.expand(value.text(), SECTION + "." + key);
  }
}
