package bespoke.manifest.yaml;

import bespoke.manifest.Problems;
import bespoke.manifest.yaml.YamlNode.Entry;
import bespoke.manifest.yaml.YamlNode.Kind;
import bespoke.manifest.yaml.YamlNode.Mapping;
import bespoke.manifest.yaml.YamlNode.Scalar;
import bespoke.manifest.yaml.YamlNode.Sequence;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.common.ScalarStyle;
import org.snakeyaml.engine.v2.events.AliasEvent;
import org.snakeyaml.engine.v2.events.CollectionStartEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.NodeEvent;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.parser.ParserImpl;
import org.snakeyaml.engine.v2.scanner.StreamReader;

/// Turns YAML text into located nodes, one tree a document.
///
/// What YAML can do and a manifest may not is refused with its place: anchors, aliases, tags, merge
/// keys, keys that are not text. Nothing is ever expanded, so no small file can become large.
final class YamlDocuments {

  /// Nodes inside of nodes; the format itself needs eight.
  static final int DEPTH_MAX = 24;

  /// Documents of one file.
  static final int DOCUMENTS_MAX = 50_000;

  /// Characters of one scalar (an FMRI value is at most 4095, smf(7)).
  static final int SCALAR_LENGTH_MAX = 16_384;

  /// More keys than this in one mapping are compared by a hash table.
  private static final int LINEAR_MAX = 16;

  private static final LoadSettings SETTINGS =
      LoadSettings.builder().setCodePointLimit(YamlReader.SIZE_BYTES_MAX).build();

  private final ParserImpl events;
  private final Problems problems;
  private final int linesBefore;
  private int depth;
  private boolean tooDeep;

  /// One document.
  ///
  /// @param isClean whether it holds only what a manifest may hold
  record Document(YamlNode root, boolean isClean) {}

  private YamlDocuments(String text, int linesBefore, Problems problems) {
    this.linesBefore = linesBefore;
    this.events = new ParserImpl(SETTINGS, new StreamReader(SETTINGS, text));
    this.problems = problems;
  }

  /// Reads the documents that are not empty; those before a syntax error, if there is one.
  ///
  /// @param linesBefore how many lines of the file stand before this text
  static void read(String text, int linesBefore, Problems problems, Consumer<Document> documents) {
    YamlDocuments reader = new YamlDocuments(text, linesBefore, problems);
    try {
      reader.readAll(documents);
    } catch (MarkedYamlEngineException e) {
      reader.syntaxError(e);
    } catch (YamlEngineException e) {
      problems.add(linesBefore + 1, 1, "cannot read the file as YAML: " + e.getMessage(), "");
    }
  }

  private void readAll(Consumer<Document> documents) {
    int count = 0;
    while (events.hasNext() && !tooDeep) {
      Event event = events.next();
      if (!(event instanceof NodeEvent)) {
        continue;
      }
      if (++count > DOCUMENTS_MAX) {
        Mark mark = mark(event);
        problems.add(
            line(mark),
            mark.getColumn() + 1,
            "cannot read more than " + DOCUMENTS_MAX + " documents of one file",
            "split the file");
        return;
      }
      int before = problems.count();
      YamlNode root = node(event);
      if (!(root instanceof Scalar scalar && scalar.kind() == Kind.NULL)) {
        documents.accept(new Document(root, problems.count() == before));
      }
    }
  }

  private YamlNode node(Event event) {
    Mark mark = mark(event);
    int line = line(mark);
    int column = mark.getColumn() + 1;
    return switch (event) {
      case ScalarEvent scalar -> scalar(scalar, line, column);
      case AliasEvent alias -> {
        problems.add(
            line,
            column,
            "cannot use the alias \"*" + alias.getAlias() + "\"",
            "write the value out; manifests have no anchors and aliases");
        yield new Scalar("", Kind.REFUSED, line, column);
      }
      case CollectionStartEvent start -> collection(start, line, column);
      default -> throw new IllegalStateException("no node: " + event);
    };
  }

  private Scalar scalar(ScalarEvent event, int line, int column) {
    refuseExtras(event.getAnchor().isPresent(), event.getTag(), line, column);
    String text = event.getValue();
    if (text.length() > SCALAR_LENGTH_MAX) {
      problems.add(
          line,
          column,
          "cannot read a value of " + text.length() + " characters",
          "use at most " + SCALAR_LENGTH_MAX);
      return new Scalar("", Kind.REFUSED, line, column);
    }
    boolean plain = event.getScalarStyle() == ScalarStyle.PLAIN;
    return new Scalar(text, plain ? ScalarKinds.of(text) : Kind.TEXT, line, column);
  }

  private YamlNode collection(CollectionStartEvent start, int line, int column) {
    refuseExtras(start.getAnchor().isPresent(), start.getTag(), line, column);
    boolean mapping = start.getEventId() == Event.ID.MappingStart;
    if (++depth > DEPTH_MAX) {
      tooDeep = true;
      problems.add(
          line,
          column,
          "cannot read more than " + DEPTH_MAX + " levels of nesting",
          "the rest of the file was not read");
      return new Scalar("", Kind.REFUSED, line, column);
    }
    YamlNode node =
        mapping ? new Mapping(entries(), line, column) : new Sequence(items(), line, column);
    depth--;
    return node;
  }

  private List<YamlNode> items() {
    List<YamlNode> items = new ArrayList<>(4);
    while (!tooDeep) {
      Event event = events.next();
      if (event.getEventId() == Event.ID.SequenceEnd) {
        break;
      }
      items.add(node(event));
    }
    return items;
  }

  private List<Entry> entries() {
    List<Entry> entries = new ArrayList<>(8);
    Set<String> seen = Set.of();
    while (!tooDeep) {
      Event event = events.next();
      if (event.getEventId() == Event.ID.MappingEnd) {
        break;
      }
      Scalar key = key(node(event));
      YamlNode value = tooDeep ? key : node(events.next());
      if (seen.isEmpty() && entries.size() >= LINEAR_MAX) {
        seen = new HashSet<>();
        entries.stream().map(entry -> entry.key().text()).forEach(seen::add);
      }
      if (isUsable(key, entries, seen)) {
        entries.add(new Entry(key, value));
      }
    }
    return entries;
  }

  /// Whether the key was there before; few keys are looked through, many are in a set.
  private static boolean isRepeated(String key, List<Entry> entries, Set<String> seen) {
    if (entries.size() >= LINEAR_MAX) {
      return !seen.add(key);
    }
    for (Entry entry : entries) {
      if (entry.key().text().equals(key)) {
        return true;
      }
    }
    return false;
  }

  private Scalar key(YamlNode node) {
    if (node instanceof Scalar scalar) {
      return scalar;
    }
    problems.add(node.line(), node.column(), "cannot use " + node.what() + " as a key", "");
    return new Scalar("", Kind.REFUSED, node.line(), node.column());
  }

  private boolean isUsable(Scalar key, List<Entry> entries, Set<String> seen) {
    if (key.kind() == Kind.REFUSED) {
      return false;
    }
    if (key.kind() == Kind.NULL) {
      problems.add(key.line(), key.column(), "cannot use an empty key", "");
      return false;
    }
    if (key.text().equals("<<")) {
      problems.add(
          key.line(),
          key.column(),
          "cannot use the merge key \"<<\"",
          "write the values out; manifests have no anchors and aliases");
      return false;
    }
    if (isRepeated(key.text(), entries, seen)) {
      problems.add(
          key.line(),
          key.column(),
          "cannot use the key \"" + key.text() + "\" twice in one mapping",
          "remove one of them");
      return false;
    }
    return true;
  }

  private void refuseExtras(boolean anchor, Optional<String> tag, int line, int column) {
    if (anchor) {
      problems.add(line, column, "cannot use an anchor", "manifests have no anchors and aliases");
    }
    if (tag.isPresent()) {
      problems.add(
          line,
          column,
          "cannot use the tag \"" + tag.get() + "\"",
          "remove it; types follow from the value");
    }
  }

  private void syntaxError(MarkedYamlEngineException e) {
    Mark mark = e.getProblemMark().or(e::getContextMark).orElse(null);
    String problem = e.getProblem() == null ? "unknown syntax error" : e.getProblem();
    boolean tab = problem.contains("TAB");
    problems.add(
        mark == null ? linesBefore + 1 : line(mark),
        mark == null ? 1 : mark.getColumn() + 1,
        tab ? "cannot use a tab here" : "cannot read this as YAML: " + problem,
        tab ? "indent with spaces" : "the rest of the file was not read");
  }

  private int line(Mark mark) {
    return linesBefore + mark.getLine() + 1;
  }

  private static Mark mark(Event event) {
    @Nullable Mark mark = event.getStartMark().orElse(null);
    if (mark == null) {
      throw new IllegalStateException("marks are switched on");
    }
    return mark;
  }
}
