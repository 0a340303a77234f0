package bespoke.daemon;

import bespoke.change.Member;
import bespoke.change.Need;
import bespoke.change.Standing;
import bespoke.model.Fmri;
import bespoke.model.InstanceFmri;
import bespoke.repository.EntityImage;
import bespoke.repository.MalformedRecordException;
import bespoke.repository.RecordReader;
import bespoke.repository.RecordWriter;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.zip.CRC32;

/// Writes and reads a change: a version, the entry, a checksum.
final class ChangeCodec {
  private static final int VERSION = 1;
  private static final int CRC_BYTES = 4;

  private ChangeCodec() {}

  static byte[] write(ChangeEntry entry) {
    RecordWriter out = new RecordWriter(1 << 14);
    out.octet(VERSION).number(entry.number());
    ChangeEntry.Asked asked = entry.asked();
    out.text(asked.source()).text(asked.user()).text(asked.commandLine()).text(asked.comment());
    out.number(asked.atEpochMillis()).number(asked.patienceSeconds());
    out.name(entry.standing()).text(entry.why()).number(entry.deaths());
    out.number(entry.endedEpochMillis());
    content(out, entry.content());
    byte[] bytes = out.toBytes();
    byte[] sealed = Arrays.copyOf(bytes, bytes.length + CRC_BYTES);
    long crc = crc(bytes, bytes.length);
    for (int i = 0; i < CRC_BYTES; i++) {
      sealed[bytes.length + i] = (byte) (crc >> (8 * i));
    }
    return sealed;
  }

  private static long crc(byte[] bytes, int length) {
    CRC32 crc = new CRC32();
    crc.update(bytes, 0, length);
    return crc.getValue();
  }

  private static void content(RecordWriter out, ChangeEntry.Content content) {
    out.list(
        content.members(),
        (to, member) -> {
          to.text(member.instance().toString()).name(member.effect()).name(member.need());
          to.flag(member.isMonitored()).flag(member.wasMonitored()).number(member.wave());
          to.list(
              content.differences().getOrDefault(member.instance(), List.of()), RecordWriter::text);
        });
    out.list(content.ranBefore(), (to, instance) -> to.text(instance.toString()));
    out.list(content.before(), ChangeCodec::image);
    out.list(content.after(), ChangeCodec::image);
  }

  private static void image(RecordWriter out, EntityImage image) {
    out.text(image.fmri().toString()).flag(image.exists()).text(image.layers());
    out.optional(image.enabled(), RecordWriter::flag).optional(image.wish(), RecordWriter::flag);
  }

  /// @throws MalformedRecordException if the bytes are no change, or were damaged
  static ChangeEntry read(byte[] sealed) {
    int length = sealed.length - CRC_BYTES;
    if (length < 1) {
      throw new MalformedRecordException("it is too short");
    }
    long crc = 0;
    for (int i = 0; i < CRC_BYTES; i++) {
      crc |= (sealed[length + i] & 0xffL) << (8 * i);
    }
    if (crc != crc(sealed, length)) {
      throw new MalformedRecordException("its checksum is another");
    }
    RecordReader in = new RecordReader(Arrays.copyOf(sealed, length));
    int version = in.octet();
    if (version != VERSION) {
      throw new MalformedRecordException("it is of version " + version);
    }
    try {
      return entry(in);
    } catch (IllegalArgumentException e) {
      throw new MalformedRecordException("it names " + e.getMessage());
    }
  }

  private static ChangeEntry entry(RecordReader in) {
    long number = in.number();
    ChangeEntry.Asked asked =
        new ChangeEntry.Asked(in.text(), in.text(), in.text(), in.text(), in.number(), in.number());
    Standing standing = in.name(Standing.class);
    String why = in.text();
    int deaths = (int) in.number();
    long ended = in.number();
    Map<InstanceFmri, List<String>> differences = new LinkedHashMap<>();
    List<Member> members =
        in.list(from -> {
          Member member =
              new Member(
                  InstanceFmri.parse(from.text()),
                  from.name(Member.Effect.class),
                  from.name(Need.class),
                  from.flag(),
                  from.flag(),
                  (int) from.number());
          differences.put(member.instance(), from.list(RecordReader::text));
          return member;
        });
    Set<InstanceFmri> ran = new LinkedHashSet<>(in.list(from -> InstanceFmri.parse(from.text())));
    ChangeEntry.Content content =
        new ChangeEntry.Content(
            members, differences, ran, in.list(ChangeCodec::image), in.list(ChangeCodec::image));
    return new ChangeEntry(number, asked, content, standing, why, deaths, ended);
  }

  private static EntityImage image(RecordReader in) {
    Fmri fmri = Fmri.parse(in.text());
    boolean exists = in.flag();
    String layers = in.text();
    Optional<Boolean> enabled = in.optional(RecordReader::flag);
    return new EntityImage(fmri, exists, layers, enabled, in.optional(RecordReader::flag));
  }
}
