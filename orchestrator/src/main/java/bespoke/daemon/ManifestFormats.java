package bespoke.daemon;

import bespoke.manifest.FormatReader;
import bespoke.manifest.Formats;
import bespoke.manifest.compose.ComposeReader;
import bespoke.manifest.systemd.SystemdReader;
import java.util.List;

/// The registry of the formats that can be imported: one line adds a reader.
final class ManifestFormats {

  /// Asked in this order which files are theirs; SMF's XML and YAML come by themselves.
  private static final List<FormatReader> READERS =
      List.of(new SystemdReader(), new SupervisordPrograms(), new ComposeReader());

  static final Formats ALL = new Formats(READERS);

  private ManifestFormats() {}
}
