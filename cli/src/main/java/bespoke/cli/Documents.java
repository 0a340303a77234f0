package bespoke.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/// Writes the completion scripts, manual pages and JSON schemas of all commands, generated from
/// their models, when the distribution is made.
public final class Documents {

  private Documents() {}

  /// Writes below `completion/`, `man/` and `schema/` of the directory, the only argument.
  public static void main(String[] arguments) throws IOException {
    Path home = Path.of(arguments[0]);
    schemas(home);
    for (String name : Commands.names()) {
      Command command = Commands.named(name);
      if (command == null) {
        throw new IllegalStateException("no command " + name);
      }
      write(home, CommandOutline.of(command));
    }
    write(home, CommandOutline.of(CtrunModel.NAME, CtrunModel.spec()));
  }

  private static void write(Path home, CommandOutline outline) throws IOException {
    String name = outline.name();
    write(home.resolve("completion/bash/" + name), Completion.bash(outline));
    write(home.resolve("completion/zsh/_" + name), Completion.zsh(outline));
    write(home.resolve("completion/fish/" + name + ".fish"), Completion.fish(outline));
    String section = ManualPage.section(name);
    write(home.resolve("man/man" + section + "/" + name + "." + section), ManualPage.of(outline));
  }

  private static void schemas(Path home) throws IOException {
    for (Map.Entry<String, String> schema : Schemas.all().entrySet()) {
      write(home.resolve("schema/" + schema.getKey() + ".json"), schema.getValue());
    }
  }

  private static void write(Path file, String text) throws IOException {
    Path directory = file.getParent();
    if (directory != null) {
      Files.createDirectories(directory);
    }
    Files.writeString(file, text);
  }
}
