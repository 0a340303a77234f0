package bespoke.contract;

import bespoke.os.Descriptor;
import bespoke.os.SpawnRequest;
import java.util.List;

/// A launch that is ready to be spawned.
///
/// @param request for posix_spawn(3)
/// @param program for explaining failures
/// @param isTrampolined whether something else runs before the program
/// @param opened descriptors that were opened for it
record PreparedLaunch(
    SpawnRequest request, ProgramCheck program, boolean isTrampolined, List<Descriptor> opened)
    implements AutoCloseable {

  PreparedLaunch {
    opened = List.copyOf(opened);
  }

  @Override
  public void close() {
    opened.forEach(Descriptor::close);
  }
}
