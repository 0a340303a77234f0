package bespoke.manifest.yaml;

import java.util.Optional;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.common.ScalarStyle;
import org.snakeyaml.engine.v2.events.CollectionStartEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.NodeEvent;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.exceptions.Mark;
import tools.jackson.core.ErrorReportConfiguration;
import tools.jackson.core.JsonEncoding;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamWriteConstraints;
import tools.jackson.core.io.ContentReference;
import tools.jackson.core.io.IOContext;
import tools.jackson.core.util.BufferRecycler;
import tools.jackson.dataformat.yaml.YAMLParser;

/// Jackson's YAML tokens with what it keeps to itself: quoting, tags, anchors and exact places.
///
/// Two things differ from its tokens: a scalar is always text (the format has its own idea of
/// numbers, see [ScalarKinds]), and a key that is no scalar comes as the tokens of a value instead
/// of ending the reading.
final class YamlTokens extends YAMLParser {

  private static final LoadSettings SETTINGS =
      LoadSettings.builder().setCodePointLimit(YamlReader.SIZE_BYTES_MAX).build();

  /// Wider than the limits of [YamlDocuments], whose messages say what to do.
  private static final StreamReadConstraints CONSTRAINTS =
      StreamReadConstraints.builder().maxNameLength(YamlReader.SIZE_BYTES_MAX).build();

  YamlTokens(String text) {
    this(text, new BufferRecycler());
  }

  private YamlTokens(String text, BufferRecycler buffers) {
    super(
        ObjectReadContext.empty(),
        context(buffers),
        buffers,
        0,
        0,
        SETTINGS,
        new WholeCharacters(text));
  }

  private static IOContext context(BufferRecycler buffers) {
    return new IOContext(
        CONSTRAINTS,
        StreamWriteConstraints.defaults(),
        ErrorReportConfiguration.defaults(),
        buffers,
        ContentReference.unknown(),
        true,
        JsonEncoding.UTF8);
  }

  /// Says that a key is complete, whatever its tokens were; the next token starts its value.
  void expectValue() {
    _currToken = JsonToken.PROPERTY_NAME;
  }

  /// The token's first line, from 0.
  int line() {
    return mark().getLine();
  }

  /// The token's first column, from 0.
  int column() {
    return mark().getColumn();
  }

  /// Whether the current scalar is neither quoted nor a block.
  boolean isPlain() {
    return _lastEvent instanceof ScalarEvent scalar && scalar.getScalarStyle() == ScalarStyle.PLAIN;
  }

  boolean isAnchored() {
    return _lastEvent instanceof NodeEvent node && node.getAnchor().isPresent();
  }

  Optional<String> tag() {
    return switch (_lastEvent) {
      case ScalarEvent scalar -> scalar.getTag();
      case CollectionStartEvent start -> start.getTag();
      default -> Optional.empty();
    };
  }

  @Override
  protected Event nextEvent() {
    Event event = super.nextEvent();
    boolean isNoScalar = event instanceof NodeEvent && !(event instanceof ScalarEvent);
    if (isNoScalar && _streamReadContext.inObject()) {
      expectValue();
    }
    return event;
  }

  @Override
  protected JsonToken _decodeScalar(ScalarEvent scalar) {
    _textValue = scalar.getValue();
    _cleanedTextValue = null;
    return JsonToken.VALUE_STRING;
  }

  private Mark mark() {
    return _lastEvent
        .getStartMark()
        .orElseThrow(() -> new IllegalStateException("marks are switched on"));
  }
}
