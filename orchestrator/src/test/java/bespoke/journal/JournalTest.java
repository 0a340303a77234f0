package bespoke.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import bespoke.engine.Decision;
import bespoke.engine.Envelope;
import bespoke.engine.Event;
import bespoke.engine.Milestone;
import bespoke.model.Actor;
import bespoke.model.AuxiliaryState;
import bespoke.model.Dependency;
import bespoke.model.EnabledSetting;
import bespoke.model.FileFmri;
import bespoke.model.Grouping;
import bespoke.model.InstanceDefinition;
import bespoke.model.InstanceFmri;
import bespoke.model.InstanceState;
import bespoke.model.Method;
import bespoke.model.MethodContext;
import bespoke.model.MethodKind;
import bespoke.model.MethodOutcome;
import bespoke.model.Origin;
import bespoke.model.Probe;
import bespoke.model.Readiness;
import bespoke.model.Resources;
import bespoke.model.RestartOn;
import bespoke.model.RestarterProgress;
import bespoke.model.RuntimeState;
import bespoke.model.Severity;
import bespoke.model.StartdOptions;
import bespoke.model.Template;
import bespoke.model.Transition;
import bespoke.repository.RecordReader;
import bespoke.repository.RecordWriter;
import bespoke.repository.RepositoryException;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JournalTest {

  private static final InstanceFmri WEB = InstanceFmri.parse("site/web");
  private static final InstanceFmri DB = InstanceFmri.parse("site/db");
  private static final Origin PLACE = new Origin.File("web.yaml", 3, 5);
  private static final Actor ANNA = new Actor("anna", 1000, 1000, 4711, "svcadm enable web");

  @TempDir private Path directory;

  /// A definition in which everything is set.
  private static InstanceDefinition definition() {
    MethodContext context =
        new MethodContext(
            true,
            Optional.of("web"),
            Optional.of("www"),
            Optional.of(List.of("adm")),
            Optional.of("/srv"),
            List.of("LANG=C"),
            List.of("/etc/default/web"),
            Optional.of("022"),
            Map.of("nofile", new MethodContext.Limit(10, -1)),
            Optional.of(List.of("net_bind_service")),
            true,
            OptionalInt.of(-5),
            OptionalInt.of(100));
    Method start =
        new Method(
            MethodKind.START,
            Optional.of("/bin/web"),
            Optional.of(Duration.ofSeconds(60)),
            Method.OnTimeout.KILL,
            context,
            PLACE);
    Probe probe =
        new Probe(
            Probe.Kind.HTTP,
            "http://x/",
            Duration.ofMillis(1500),
            Duration.ofSeconds(2),
            3,
            1,
            Probe.OnFailure.values()[0],
            context,
            PLACE);
    return new InstanceDefinition(
        WEB,
        Optional.of(DB),
        List.of(
            new Dependency("db", Grouping.REQUIRE_ALL, RestartOn.ERROR, List.of(DB), PLACE),
            new Dependency(
                "conf",
                Grouping.REQUIRE_ANY,
                RestartOn.REFRESH,
                List.of(new FileFmri("/etc/x"), new FileFmri("/etc/y")),
                Origin.UNKNOWN)),
        Map.of(MethodKind.START, start),
        StartdOptions.DEFAULT,
        new Readiness(
            Readiness.Kind.PROBE, -1, Optional.of(probe), Optional.of(Duration.ofSeconds(9))),
        Optional.of(probe),
        new Resources(Map.of("memory.max", "512M")),
        new Template(
            Optional.of("web"),
            Optional.empty(),
            List.of(
                new Template.Manpage("web", "8", Optional.empty()),
                new Template.Link("home", "https://example.org"))),
        Optional.of(AuxiliaryState.INVALID_DEPENDENCY),
        List.of("a problem"),
        PLACE);
  }

  private static RuntimeState runtime() {
    return new RuntimeState(
        InstanceState.ONLINE,
        InstanceState.OFFLINE,
        AuxiliaryState.CT_EV_CORE,
        Optional.of(DB),
        -5,
        OptionalLong.of(7),
        OptionalLong.empty(),
        OptionalLong.of(99),
        OptionalInt.of(256),
        2,
        List.of(1L, 2L),
        8,
        "detail",
        "status",
        new RestarterProgress(
            "STOP_EMPTY",
            11,
            "MAINTENANCE",
            AuxiliaryState.METHOD_FAILED,
            "it took too long",
            Severity.FAULT,
            "REFRESH",
            true,
            false,
            true,
            3,
            RestarterProgress.NO_DEADLINE,
            List.of(new RestarterProgress.Timer("STOP_TIMEOUT", 77)),
            List.of(5L, -6L)));
  }

  /// One of each event.
  private static List<Event> events() {
    return List.of(
        new Event.DefinitionsImported(
            List.of(
                new Event.InstanceImport(
                    definition(), EnabledSetting.permanently(true), Optional.of(runtime()))),
            List.of(DB)),
        new Event.DaemonStarted(70_000, 12, Optional.of(new Milestone.Of(DB))),
        new Event.FileObserved(new FileFmri("/etc/x"), true, false),
        new Event.EnableRequested(WEB, true, false, "because"),
        new Event.RestartRequested(WEB, true),
        new Event.RefreshRequested(WEB, definition()),
        new Event.ClearRequested(WEB),
        new Event.MarkRequested(WEB, InstanceState.DEGRADED, true, false, Optional.of(DB), true),
        new Event.MilestoneRequested(new Milestone.All()),
        new Event.MilestoneRequested(new Milestone.None()),
        new Event.MilestoneRequested(new Milestone.Of(DB)),
        new Event.ShutdownRequested(),
        new Event.MethodStarted(WEB, 5, 4711),
        new Event.MethodExited(WEB, 5, new MethodOutcome.Exited(96), OptionalInt.of(24576)),
        new Event.MethodExited(WEB, 5, new MethodOutcome.Signaled(9, true), OptionalInt.empty()),
        new Event.MethodExited(
            WEB, 5, new MethodOutcome.NotRun("no such user", false), OptionalInt.empty()),
        new Event.MethodExited(WEB, 5, new MethodOutcome.Unknown(), OptionalInt.empty()),
        new Event.ContractEmptied(WEB, 7),
        new Event.MemberDied(WEB, 7, 4712, 11, true, false),
        new Event.ReadinessReported(WEB, 7),
        new Event.StatusReported(WEB, 7, "größer"),
        new Event.WatchdogExpired(WEB, 7),
        new Event.ProbeAnswered(WEB, 9, false, "connection refused"),
        new Event.TimerFired(WEB, 12),
        new Event.RestarterConnected(DB),
        new Event.RestarterDisconnected(DB),
        new Event.RestarterReported(
            DB,
            WEB,
            InstanceState.MAINTENANCE,
            null,
            AuxiliaryState.METHOD_FAILED,
            Severity.FAULT,
            "it failed"),
        new Event.RemoteStateChanged(WEB, InstanceState.ONLINE));
  }

  private static Set<Class<?>> concrete(Class<?> sealed) {
    Set<Class<?>> found = new LinkedHashSet<>();
    for (Class<?> type : sealed.getPermittedSubclasses()) {
      if (type.isSealed()) {
        found.addAll(concrete(type));
      } else {
        found.add(type);
      }
    }
    return found;
  }

  private static Transition step(InstanceFmri who, InstanceState to, long at, long cause) {
    return new Transition(
        who,
        InstanceState.OFFLINE,
        to,
        null,
        AuxiliaryState.DEPENDENCIES_SATISFIED,
        Severity.NONE,
        Optional.of(DB),
        "a detail",
        at,
        cause);
  }

  private static Envelope envelope(long id, long at, Event event) {
    return new Envelope(id, at, id * 10, id - 1, Optional.of(ANNA), event);
  }

  @Test
  void everyEventComesBackAsItWas() throws IOException {
    List<Event> events = events();
    assertThat(events.stream().map(Object::getClass).<Class<?>>map(c -> c).toList())
        .as("one of each kind")
        .containsAll(concrete(Event.class));
    List<Entry> written = new ArrayList<>();
    try (Journal journal = Journal.open(directory)) {
      long id = 0;
      for (Event event : events) {
        Transition step = step(WEB, InstanceState.ONLINE, 100 + id, ++id);
        Envelope envelope = envelope(id, 100 + id, event);
        List<Decision> decisions =
            List.of(new Decision.RecordTransition(step), new Decision.CompleteShutdown(1));
        journal.append(envelope, decisions);
        written.add(new Entry(envelope, List.of(step), Fingerprint.of(decisions)));
      }
    }
    List<Entry> read = new ArrayList<>();
    try (Journal journal = Journal.open(directory)) {
      assertThat(journal.lastId()).isEqualTo(events.size());
      assertThat(journal.forEach(0, read::add)).isZero();
      assertThat(journal.entry(3)).contains(written.get(2));
      assertThat(journal.entry(1000)).isEmpty();
    }
    assertThat(read).isEqualTo(written);
  }

  @Test
  void theDefinitionsOfALargeImportFollowLater() throws IOException {
    List<Event.InstanceImport> imports = new ArrayList<>();
    for (int i = 0; i < 250; i++) {
      InstanceDefinition bare = InstanceDefinition.bare(InstanceFmri.parse("site/s" + i));
      InstanceDefinition full =
          new InstanceDefinition(
              bare.fmri(),
              bare.restarter(),
              definition().dependencies(),
              bare.methods(),
              bare.startd(),
              bare.readiness(),
              bare.monitor(),
              bare.resources(),
              bare.template(),
              bare.invalid(),
              bare.problems(),
              bare.origin());
      imports.add(new Event.InstanceImport(full, EnabledSetting.DISABLED, Optional.empty()));
    }
    Envelope large = envelope(1, 1, new Event.DefinitionsImported(imports, List.of()));
    List<Entry> read = new ArrayList<>();
    try (Journal journal = Journal.open(directory)) {
      journal.append(large, List.of());
      journal.append(envelope(2, 2, new Event.ClearRequested(WEB)), List.of());
      journal.flush();
      journal.forEach(0, read::add);
      assertThat(read.getFirst().envelope()).isNotEqualTo(large);
      journal.writeDefinitions();
      read.clear();
      journal.forEach(0, read::add);
      assertThat(read.getFirst().envelope()).isEqualTo(large);
      assertThat(journal.entry(2)).isPresent();
    }
  }

  @Test
  void ofAnEventThatMovesManyEachFindsItsOwn() throws RepositoryException {
    try (Journal journal = Journal.open(directory)) {
      Transition first = step(DB, InstanceState.ONLINE, 100, 1);
      Transition second = step(WEB, InstanceState.OFFLINE, 100, 1);
      journal.append(
          envelope(1, 100, new Event.ClearRequested(DB)),
          List.of(new Decision.RecordTransition(first), new Decision.RecordTransition(second)));
      journal.flush();
      assertThat(journal.latest(DB, 5)).containsExactly(first);
      assertThat(journal.latest(WEB, 5)).containsExactly(second);
    }
  }

  @Test
  void transitionsAreFoundByInstanceAndTime() throws RepositoryException {
    try (Journal journal = Journal.open(directory)) {
      for (int i = 1; i <= 10; i++) {
        InstanceFmri who = i % 2 == 0 ? WEB : DB;
        Transition step = step(who, InstanceState.ONLINE, i * 100L, i);
        journal.append(
            envelope(i, i * 100L, new Event.ClearRequested(who)),
            List.of(new Decision.RecordTransition(step)));
      }
      journal.flush();
      assertThat(journal.latest(WEB, 2)).extracting(Transition::cause).containsExactly(10L, 8L);
      assertThat(journal.transitions(step -> true, 700, 100))
          .extracting(Transition::cause)
          .containsExactly(7L, 8L, 9L, 10L);
      assertThat(journal.transitions(step -> true, 0, 2))
          .extracting(Transition::cause)
          .containsExactly(9L, 10L);
    }
  }

  @Test
  void aTailThatWasCutOffIsForgottenAtEveryLength() throws IOException {
    try (Journal journal = Journal.open(directory)) {
      for (int i = 1; i <= 5; i++) {
        journal.append(envelope(i, i, new Event.ClearRequested(WEB)), List.of());
      }
    }
    Path segment;
    try (Stream<Path> files = Files.list(directory)) {
      segment = files.findFirst().orElseThrow();
    }
    byte[] whole = Files.readAllBytes(segment);
    for (int length = 0; length <= whole.length; length++) {
      Files.write(segment, whole);
      try (RandomAccessFile file = new RandomAccessFile(segment.toFile(), "rw")) {
        file.setLength(length);
      }
      try (Journal journal = Journal.open(directory)) {
        long last = journal.lastId();
        assertThat(last).isEqualTo(length * 5L / whole.length);
        journal.append(envelope(last + 1, 9, new Event.ShutdownRequested()), List.of());
        journal.flush();
        assertThat(journal.entry(last + 1)).isPresent();
      }
    }
  }

  @Test
  void hostileBytesAreNoException() throws IOException {
    try (Journal journal = Journal.open(directory)) {
      for (Event event : events()) {
        journal.append(envelope(journal.lastId() + 1, 1, event), List.of());
      }
    }
    Path segment;
    try (Stream<Path> files = Files.list(directory)) {
      segment = files.findFirst().orElseThrow();
    }
    byte[] whole = Files.readAllBytes(segment);
    for (int at = 0; at < whole.length; at += 7) {
      byte[] flipped = whole.clone();
      flipped[at] ^= (byte) (1 << at % 8);
      Files.write(segment, flipped);
      try (Journal journal = Journal.open(directory)) {
        journal.forEach(0, entry -> true);
        journal.latest(WEB, 10);
      }
    }
  }

  @Test
  void definitionsOfAnOlderVersionAreMissingRatherThanGuessed() {
    RecordWriter out = new RecordWriter(64);
    EntryCodec.writeDefinitions(out, 7, List.of(definition()));
    byte[] record = out.toBytes();
    assertThat(EntryCodec.kind(new RecordReader(record))).isEqualTo(EntryCodec.Kind.DEFINITIONS);
    record[0] = 1;
    assertThat(EntryCodec.kind(new RecordReader(record)))
        .isEqualTo(EntryCodec.Kind.SHORT_DEFINITIONS);
    record[0] = 3;
    assertThatThrownBy(() -> EntryCodec.kind(new RecordReader(record)))
        .hasMessage("a record is of version 3");
    out.reset();
    Envelope envelope = envelope(1, 1, new Event.ClearRequested(WEB));
    EntryCodec.write(out, envelope, List.of(), 5);
    byte[] entry = out.toBytes();
    entry[0] = 1;
    RecordReader in = new RecordReader(entry);
    assertThat(EntryCodec.kind(in)).isEqualTo(EntryCodec.Kind.ENTRY);
    assertThat(EntryCodec.entry(in, 1).envelope()).isEqualTo(envelope);
  }
}
