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
import java.util.Set;
import java.util.function.Consumer;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonToken;

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

  private final YamlTokens tokens;
  private final Problems problems;
  private final int linesBefore;
  private int depth;
  private boolean tooDeep;

  /// One document.
  ///
  /// @param isClean whether it holds only what a manifest may hold
  record Document(YamlNode root, boolean isClean) {}

  private YamlDocuments(YamlTokens tokens, int linesBefore, Problems problems) {
    this.tokens = tokens;
    this.linesBefore = linesBefore;
    this.problems = problems;
  }

  /// Reads the documents that are not empty; those before a syntax error, if there is one.
  ///
  /// @param linesBefore how many lines of the file stand before this text
  static void read(String text, int linesBefore, Problems problems, Consumer<Document> documents) {
    try (YamlTokens tokens = new YamlTokens(text)) {
      YamlDocuments reader = new YamlDocuments(tokens, linesBefore, problems);
      try {
        reader.readAll(documents);
      } catch (JacksonException e) {
        reader.syntaxError(e);
      }
    }
  }

  private void readAll(Consumer<Document> documents) {
    int count = 0;
    JsonToken token;
    while ((token = tokens.nextToken()) != null && !tooDeep) {
      if (++count > DOCUMENTS_MAX) {
        problems.add(
            line(),
            column(),
            "cannot read more than " + DOCUMENTS_MAX + " documents of one file",
            "split the file");
        return;
      }
      int before = problems.count();
      YamlNode root = node(token);
      if (!(root instanceof Scalar scalar && scalar.kind() == Kind.NULL)) {
        documents.accept(new Document(root, problems.count() == before));
      }
    }
  }

  private YamlNode node(JsonToken token) {
    int line = line();
    int column = column();
    if (tokens.isCurrentAlias()) {
      problems.add(
          line,
          column,
          "cannot use the alias \"*" + tokens.getString() + "\"",
          "write the value out; manifests have no anchors and aliases");
      return new Scalar("", Kind.REFUSED, line, column);
    }
    refuseExtras(line, column);
    return token.isStructStart()
        ? collection(token == JsonToken.START_OBJECT, line, column)
        : scalar(tokens.getString(), line, column);
  }

  private Scalar scalar(String text, int line, int column) {
    if (text.length() > SCALAR_LENGTH_MAX) {
      problems.add(
          line,
          column,
          "cannot read a value of " + text.length() + " characters",
          "use at most " + SCALAR_LENGTH_MAX);
      return new Scalar("", Kind.REFUSED, line, column);
    }
    return new Scalar(text, tokens.isPlain() ? ScalarKinds.of(text) : Kind.TEXT, line, column);
  }

  private YamlNode collection(boolean mapping, int line, int column) {
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
      JsonToken token = tokens.nextToken();
      if (token == JsonToken.END_ARRAY) {
        break;
      }
      items.add(node(token));
    }
    return items;
  }

  private List<Entry> entries() {
    List<Entry> entries = new ArrayList<>(8);
    Set<String> seen = Set.of();
    while (!tooDeep) {
      JsonToken token = tokens.nextToken();
      if (token == JsonToken.END_OBJECT) {
        break;
      }
      Scalar key = key(node(token));
      YamlNode value = tooDeep ? key : value();
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

  private YamlNode value() {
    tokens.expectValue();
    return node(tokens.nextToken());
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

  private void refuseExtras(int line, int column) {
    if (tokens.isAnchored()) {
      problems.add(line, column, "cannot use an anchor", "manifests have no anchors and aliases");
    }
    tokens
        .tag()
        .ifPresent(tag ->
            problems.add(
                line,
                column,
                "cannot use the tag \"" + tag + "\"",
                "remove it; types follow from the value"));
  }

  private void syntaxError(JacksonException e) {
    if (!(e.getCause() instanceof MarkedYamlEngineException marked)) {
      problems.add(
          linesBefore + 1, 1, "cannot read the file as YAML: " + e.getOriginalMessage(), "");
      return;
    }
    Mark mark = marked.getProblemMark().or(marked::getContextMark).orElse(null);
    String problem = marked.getProblem() == null ? "unknown syntax error" : marked.getProblem();
    boolean tab = problem.contains("TAB");
    problems.add(
        linesBefore + 1 + (mark == null ? 0 : mark.getLine()),
        mark == null ? 1 : mark.getColumn() + 1,
        tab ? "cannot use a tab here" : "cannot read this as YAML: " + problem,
        tab ? "indent with spaces" : "the rest of the file was not read");
  }

  private int line() {
    return linesBefore + tokens.line() + 1;
  }

  private int column() {
    return tokens.column() + 1;
  }
}
