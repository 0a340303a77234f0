package bespoke.journal;

import bespoke.model.AuxiliaryState;
import bespoke.model.Dependency;
import bespoke.model.ExitStatuses;
import bespoke.model.Grouping;
import bespoke.model.InstanceDefinition;
import bespoke.model.Method;
import bespoke.model.MethodContext;
import bespoke.model.MethodKind;
import bespoke.model.Probe;
import bespoke.model.Readiness;
import bespoke.model.Resources;
import bespoke.model.RestartOn;
import bespoke.model.StartdOptions;
import bespoke.model.Template;
import bespoke.repository.MalformedRecordException;
import bespoke.repository.RecordReader;
import bespoke.repository.RecordWriter;
import java.time.Duration;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;

/// Writes and reads the definition of an instance whole, so that a replay decides as the real
/// engine did.
final class DefinitionCodec {

  private DefinitionCodec() {}

  static void write(RecordWriter out, InstanceDefinition definition) {
    ModelCodec.fmri(out, definition.fmri());
    out.optional(definition.restarter(), ModelCodec::fmri);
    out.list(definition.dependencies(), DefinitionCodec::dependency);
    out.list(new TreeMap<>(definition.methods()).values(), DefinitionCodec::method);
    startd(out, definition.startd());
    readiness(out, definition.readiness());
    out.optional(definition.monitor(), DefinitionCodec::probe);
    texts(out, definition.resources().values());
    template(out, definition.template());
    out.optional(definition.invalid(), RecordWriter::name);
    out.list(definition.problems(), RecordWriter::text);
    ModelCodec.origin(out, definition.origin());
  }

  static InstanceDefinition read(RecordReader in) {
    return new InstanceDefinition(
        ModelCodec.fmri(in),
        in.optional(ModelCodec::fmri),
        in.list(DefinitionCodec::dependency),
        methods(in),
        startd(in),
        readiness(in),
        in.optional(DefinitionCodec::probe),
        new Resources(texts(in)),
        template(in),
        in.optional(r -> r.name(AuxiliaryState.class)),
        in.list(RecordReader::text),
        ModelCodec.origin(in));
  }

  private static void dependency(RecordWriter out, Dependency dependency) {
    out.text(dependency.name()).name(dependency.grouping()).name(dependency.restartOn());
    out.list(dependency.entities(), ModelCodec::entity);
    ModelCodec.origin(out, dependency.origin());
  }

  private static Dependency dependency(RecordReader in) {
    return new Dependency(
        in.text(),
        in.name(Grouping.class),
        in.name(RestartOn.class),
        in.list(ModelCodec::entity),
        ModelCodec.origin(in));
  }

  private static void method(RecordWriter out, Method method) {
    out.name(method.kind()).optional(method.exec(), RecordWriter::text);
    out.optional(method.timeout(), DefinitionCodec::duration).name(method.onTimeout());
    context(out, method.context());
    ModelCodec.origin(out, method.origin());
  }

  private static Method method(RecordReader in) {
    return new Method(
        in.name(MethodKind.class),
        in.optional(RecordReader::text),
        in.optional(DefinitionCodec::duration),
        in.name(Method.OnTimeout.class),
        context(in),
        ModelCodec.origin(in));
  }

  private static Map<MethodKind, Method> methods(RecordReader in) {
    Map<MethodKind, Method> methods = new EnumMap<>(MethodKind.class);
    in.list(DefinitionCodec::method).forEach(method -> methods.put(method.kind(), method));
    return methods;
  }

  private static void context(RecordWriter out, MethodContext context) {
    out.flag(context.given());
    out.optional(context.user(), RecordWriter::text);
    out.optional(context.group(), RecordWriter::text);
    out.optional(context.supplementaryGroups(), (o, list) -> o.list(list, RecordWriter::text));
    out.optional(context.workingDirectory(), RecordWriter::text);
    out.list(context.environment(), RecordWriter::text);
    out.list(context.environmentFiles(), RecordWriter::text);
    out.optional(context.umask(), RecordWriter::text);
    out.list(
        new TreeMap<>(context.limits()).entrySet(),
        (o, limit) ->
            o.text(limit.getKey()).signed(limit.getValue().soft()).signed(limit.getValue().hard()));
    out.optional(context.capabilities(), (o, list) -> o.list(list, RecordWriter::text));
    out.flag(context.noNewPrivileges());
    out.optional(context.nice()).optional(context.oomScoreAdjust());
  }

  private static MethodContext context(RecordReader in) {
    return new MethodContext(
        in.flag(),
        in.optional(RecordReader::text),
        in.optional(RecordReader::text),
        in.optional(r -> r.list(RecordReader::text)),
        in.optional(RecordReader::text),
        in.list(RecordReader::text),
        in.list(RecordReader::text),
        in.optional(RecordReader::text),
        map(in, r -> new MethodContext.Limit(r.signed(), r.signed())),
        in.optional(r -> r.list(RecordReader::text)),
        in.flag(),
        in.optionalInt(),
        in.optionalInt());
  }

  private static void startd(RecordWriter out, StartdOptions options) {
    out.name(options.duration()).flag(options.ignoreCore()).flag(options.ignoreSignal());
    out.number(options.criticalFailureCount());
    duration(out, options.criticalFailurePeriod());
    out.flag(options.timeoutRetry()).flag(options.needSession());
    duration(out, options.retryDelay());
    out.name(options.restart());
    duration(out, options.restartDelay());
    statuses(out, options.statuses().clean());
    statuses(out, options.statuses().last());
    statuses(out, options.statuses().again());
    out.flag(options.givesUp());
  }

  private static void statuses(RecordWriter out, ExitStatuses statuses) {
    out.list(new TreeSet<>(statuses.codes()), (o, code) -> o.number(code));
    out.list(new TreeSet<>(statuses.signals()), (o, signal) -> o.number(signal));
  }

  private static ExitStatuses statuses(RecordReader in) {
    return new ExitStatuses(
        Set.copyOf(in.list(RecordReader::size)), Set.copyOf(in.list(RecordReader::size)));
  }

  private static StartdOptions startd(RecordReader in) {
    return new StartdOptions(
        in.name(StartdOptions.Style.class),
        in.flag(),
        in.flag(),
        in.size(),
        duration(in),
        in.flag(),
        in.flag(),
        duration(in),
        in.name(StartdOptions.Restart.class),
        duration(in),
        new ExitStatuses.Meaning(statuses(in), statuses(in), statuses(in)),
        in.flag());
  }

  private static void readiness(RecordWriter out, Readiness readiness) {
    out.name(readiness.kind()).signed(readiness.descriptor());
    out.optional(readiness.probe(), DefinitionCodec::probe);
    out.optional(readiness.timeout(), DefinitionCodec::duration);
  }

  private static Readiness readiness(RecordReader in) {
    return new Readiness(
        in.name(Readiness.Kind.class),
        in.signedInt(),
        in.optional(DefinitionCodec::probe),
        in.optional(DefinitionCodec::duration));
  }

  private static void probe(RecordWriter out, Probe probe) {
    out.name(probe.kind()).text(probe.target());
    duration(out, probe.interval());
    duration(out, probe.timeout());
    out.number(probe.failures()).number(probe.successes()).name(probe.onFailure());
    context(out, probe.context());
    ModelCodec.origin(out, probe.origin());
  }

  private static Probe probe(RecordReader in) {
    return new Probe(
        in.name(Probe.Kind.class),
        in.text(),
        duration(in),
        duration(in),
        in.size(),
        in.size(),
        in.name(Probe.OnFailure.class),
        context(in),
        ModelCodec.origin(in));
  }

  private static void template(RecordWriter out, Template template) {
    out.optional(template.commonName(), RecordWriter::text);
    out.optional(template.description(), RecordWriter::text);
    out.list(template.documentation(), DefinitionCodec::documentation);
  }

  private static Template template(RecordReader in) {
    return new Template(
        in.optional(RecordReader::text),
        in.optional(RecordReader::text),
        in.list(DefinitionCodec::documentation));
  }

  private static void documentation(RecordWriter out, Template.Documentation documentation) {
    switch (documentation) {
      case Template.Manpage page ->
          out.octet(0)
              .text(page.title())
              .text(page.section())
              .optional(page.manpath(), RecordWriter::text);
      case Template.Link link -> out.octet(1).text(link.name()).text(link.uri());
    }
  }

  private static Template.Documentation documentation(RecordReader in) {
    int kind = in.octet();
    return switch (kind) {
      case 0 -> new Template.Manpage(in.text(), in.text(), in.optional(RecordReader::text));
      case 1 -> new Template.Link(in.text(), in.text());
      default -> throw new MalformedRecordException("a document is of kind " + kind);
    };
  }

  private static void duration(RecordWriter out, Duration duration) {
    out.signed(duration.getSeconds()).number(duration.getNano());
  }

  private static Duration duration(RecordReader in) {
    return Duration.ofSeconds(in.signed(), in.size());
  }

  private static void texts(RecordWriter out, Map<String, String> map) {
    out.list(
        new TreeMap<>(map).entrySet(), (o, entry) -> o.text(entry.getKey()).text(entry.getValue()));
  }

  private static Map<String, String> texts(RecordReader in) {
    return map(in, RecordReader::text);
  }

  private static <V> Map<String, V> map(RecordReader in, Function<RecordReader, V> value) {
    Map<String, V> map = new LinkedHashMap<>();
    in.list(r -> Map.entry(r.text(), value.apply(r)))
        .forEach(entry -> map.put(entry.getKey(), entry.getValue()));
    return map;
  }
}
