package bespoke.ctrun;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/// The command line of `ctrun`.
///
/// @param informative events that `-v` prints
/// @param fatal events that end the whole contract
/// @param restarts how often the command is run again after a fatal event; -1 = for ever
/// @param isNoOrphan whether members are killed when the program ends
record RunOptions(
    Lifetime lifetime,
    Set<Occurrence> informative,
    Set<Occurrence> fatal,
    int restarts,
    boolean isNoOrphan,
    boolean isVerbose,
    boolean isHelp,
    List<String> command) {

  static final String USAGE =
      """
      Usage: ctrun [-v] [-l child|contract|none] [-o noorphan] [-i event[,event]]
                   [-f event[,event]] [-r count] command [argument]...
      Runs a command in a process contract of its own.
        -l  how long to stay: until the command ends, until no process is left
            (contract, the default), or not at all
        -o  noorphan: kill what is left when ctrun ends
        -i  events that -v prints: core, empty, exit, fork, signal, or none (core)
        -f  events that end the whole contract: core, signal, or none (none)
            (seen of the command, and of processes whose parent is gone)
        -r  after a fatal event run the command again, so many times; 0: for ever
        -v  print the events
      Exit status: the command's; 123 ended by a signal, 124 ctrun failed,
      125 wrong usage, 126 the command cannot be executed, 127 there is none.
      """;

  RunOptions {
    informative = Set.copyOf(informative);
    fatal = Set.copyOf(fatal);
    command = List.copyOf(command);
  }

  /// How long the program stays.
  enum Lifetime {
    CHILD,
    CONTRACT,
    NONE
  }

  /// What happens in a contract.
  enum Occurrence {
    CORE,
    EMPTY,
    EXIT,
    FORK,
    /// A hardware error: Linux tells nobody which process had it.
    HWERR,
    SIGNAL
  }

  /// A mistake of the command line.
  static final class UsageException extends Exception {
    private static final long serialVersionUID = 1L;

    UsageException(String problem) {
      super(problem);
    }
  }

  static RunOptions parse(List<String> arguments) throws UsageException {
    var reading = new Reading(arguments);
    reading.read();
    return reading.options();
  }

  private static final class Reading {
    private final List<String> left;
    private Lifetime lifetime = Lifetime.CONTRACT;
    private Set<Occurrence> informative = EnumSet.of(Occurrence.CORE);
    private Set<Occurrence> fatal = EnumSet.noneOf(Occurrence.class);
    private int restarts;
    private boolean isNoOrphan;
    private boolean isVerbose;
    private boolean isHelp;

    Reading(List<String> arguments) {
      left = new ArrayList<>(arguments);
    }

    void read() throws UsageException {
      while (!left.isEmpty() && left.getFirst().startsWith("-") && !left.getFirst().equals("-")) {
        String word = left.removeFirst();
        if (word.equals("--")) {
          return;
        }
        if (word.equals("--help") || word.equals("-h") || word.equals("-?")) {
          isHelp = true;
          return;
        }
        letters(word.substring(1));
      }
    }

    private void letters(String letters) throws UsageException {
      for (int i = 0; i < letters.length(); i++) {
        char letter = letters.charAt(i);
        if (letter == 'v' || letter == 'V') {
          isVerbose = true;
        } else if ("lifor".indexOf(letter) >= 0) {
          String rest = letters.substring(i + 1);
          if (rest.isEmpty() && left.isEmpty()) {
            throw new UsageException("-" + letter + " needs a value");
          }
          set(letter, rest.isEmpty() ? left.removeFirst() : rest);
          return;
        } else {
          throw new UsageException("there is no option -" + letter + reason(letter));
        }
      }
    }

    private static String reason(char letter) {
      return switch (letter) {
        case 't' -> " here: contracts hold none that they could inherit; leave it out";
        case 'A', 'F' -> " here: contracts have no terms that nobody reads; leave it out";
        default -> "; see ctrun --help";
      };
    }

    private void set(char letter, String value) throws UsageException {
      switch (letter) {
        case 'l' -> lifetime = word(Lifetime.class, value);
        case 'i' -> informative = occurrences(value, EnumSet.allOf(Occurrence.class));
        case 'f' ->
            fatal =
                occurrences(
                    value, EnumSet.of(Occurrence.CORE, Occurrence.HWERR, Occurrence.SIGNAL));
        case 'o' -> {
          if (!value.equals("noorphan")) {
            throw new UsageException("cannot do -o " + value + "; there is noorphan");
          }
          isNoOrphan = true;
        }
        default -> {
          if (!value.matches("\\d{1,6}")) {
            throw new UsageException("-r needs a number, not \"" + value + "\"");
          }
          restarts = value.equals("0") ? -1 : Integer.parseInt(value);
        }
      }
    }

    private static Set<Occurrence> occurrences(String list, Set<Occurrence> allowed)
        throws UsageException {
      Set<Occurrence> found = EnumSet.noneOf(Occurrence.class);
      if (list.equals("none")) {
        return found;
      }
      for (String word : list.split(",", -1)) {
        Occurrence occurrence = word(Occurrence.class, word);
        if (!allowed.contains(occurrence)) {
          throw new UsageException("\"" + word + "\" cannot be fatal; core and signal can");
        }
        found.add(occurrence);
      }
      return found;
    }

    private static <T extends Enum<T>> T word(Class<T> of, String word) throws UsageException {
      var names = new ArrayList<String>();
      for (T each : of.getEnumConstants()) {
        names.add(each.name().toLowerCase(Locale.ROOT));
        if (names.getLast().equals(word)) {
          return each;
        }
      }
      throw new UsageException("\"" + word + "\" is none of " + String.join(", ", names));
    }

    RunOptions options() throws UsageException {
      if (!isHelp && left.isEmpty()) {
        throw new UsageException("no command is given");
      }
      if (restarts != 0 && lifetime != Lifetime.CONTRACT) {
        throw new UsageException("-r needs -l contract");
      }
      return new RunOptions(
          lifetime, informative, fatal, restarts, isNoOrphan, isVerbose, isHelp, left);
    }
  }
}
