package bespoke.repository;

import bespoke.model.Fmri;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Takes images of entities as a transaction sees them.
final class Imaging {
  private static final int BYTES_EXPECTED = 2048;

  private final Workspace workspace;

  Imaging(Workspace workspace) {
    this.workspace = workspace;
  }

  /// What an entity put into another.
  ///
  /// @param target which has the group
  /// @param name of the group
  /// @param body with the one group
  @SuppressWarnings("ArrayRecordComponent") // made and read once; never compared
  record Put(Fmri target, String name, byte[] body) {}

  /// The layers of an image, decoded; empty bytes for none.
  @SuppressWarnings("ArrayRecordComponent") // made and read once; never compared
  record Layers(
      byte[] manifest, byte[] profile, byte[] admin, List<Put> puts, Optional<Running> running) {}

  /// The bodies of a `running` snapshot that says something else than what is configured.
  @SuppressWarnings("ArrayRecordComponent") // made and read once; never compared
  record Running(byte[] own, byte[] service) {}

  /// What the transaction touches, and the entities given, in the order of their names.
  List<EntityImage> touched(Collection<Fmri> described) throws RepositoryException {
    Set<Fmri> touched = new LinkedHashSet<>(described);
    for (Draft draft : workspace.drafts()) {
      if (draft.isTouched()) {
        touched.add(draft.fmri());
      }
    }
    touched.addAll(workspace.removed());
    List<EntityImage> images = new ArrayList<>(touched.size());
    for (Fmri fmri : touched) {
      images.add(image(fmri));
    }
    images.sort(Comparator.comparing(EntityImage::fmri, EntityRow.ORDER));
    return images;
  }

  EntityImage image(Fmri fmri) throws RepositoryException {
    Optional<Draft> found = workspace.draft(fmri);
    if (found.isEmpty()) {
      return EntityImage.missing(fmri);
    }
    Draft draft = found.get();
    EnabledRow enabled = draft.enabled();
    return new EntityImage(fmri, true, layers(draft), enabled.value(), enabled.wish());
  }

  private String layers(Draft draft) throws RepositoryException {
    RecordWriter out = new RecordWriter(BYTES_EXPECTED);
    out.octets(workspace.bytes(draft.row().manifest()));
    out.octets(workspace.bytes(draft.row().profile()));
    out.octets(workspace.bytes(draft.row().admin()));
    List<Put> puts = new ArrayList<>();
    for (Tables.Dependent dependent : workspace.dependents().declaredBy(draft.id())) {
      puts.add(
          new Put(
              workspace.fmri(dependent.target()),
              dependent.name(),
              workspace.bytes(dependent.body())));
    }
    puts.sort(Comparator.comparing(Put::target, EntityRow.ORDER).thenComparing(Put::name));
    out.list(
        puts, (to, put) -> to.text(put.target().toString()).text(put.name()).octets(put.body()));
    out.optional(
        running(draft), (to, running) -> to.octets(running.own()).octets(running.service()));
    return Base64.getEncoder().encodeToString(out.toBytes());
  }

  private Optional<Running> running(Draft draft) throws RepositoryException {
    SnapshotRow running = draft.snapshots().get(SnapshotName.RUNNING);
    if (running == null) {
      return Optional.empty();
    }
    SnapshotRow present = new Refreshing(workspace).present(draft);
    return isSame(running.own(), present.own()) && isSame(running.service(), present.service())
        ? Optional.empty()
        : Optional.of(
            new Running(workspace.bytes(running.own()), workspace.bytes(running.service())));
  }

  private boolean isSame(long one, long other) throws RepositoryException {
    return one == other
        || Body.sameValues(workspace.read(one).groups(), workspace.read(other).groups());
  }

  /// @throws MalformedRecordException if the text is no layers
  static Layers decode(EntityImage image) {
    RecordReader in = new RecordReader(bytes(image.layers()));
    return new Layers(
        in.octets(),
        in.octets(),
        in.octets(),
        in.list(from -> new Put(Fmri.parse(from.text()), from.text(), from.octets())),
        in.optional(from -> new Running(from.octets(), from.octets())));
  }

  private static byte[] bytes(String base64) {
    try {
      return Base64.getDecoder().decode(base64);
    } catch (IllegalArgumentException e) {
      throw new MalformedRecordException("an image is not Base64");
    }
  }
}
