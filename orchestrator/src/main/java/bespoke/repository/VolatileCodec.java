package bespoke.repository;

/// The records of the volatile store.
final class VolatileCodec {

  /// As the first version wrote it, which kept nothing of what was under way.
  static final int BARE_RUNTIME = 1;

  static final int FORGOTTEN = 2;
  static final int OVERRIDE = 3;
  static final int NO_OVERRIDE = 4;
  static final int FACT = 5;
  static final int NO_FACT = 6;
  static final int RUNTIME = 7;

  private VolatileCodec() {}

  static void runtime(RecordWriter out, VolatileInstance instance) {
    RuntimeCodec.write(out, instance.runtime());
    out.number(instance.cause());
  }

  static VolatileInstance runtime(RecordReader in) {
    return new VolatileInstance(RuntimeCodec.read(in), in.number());
  }

  static VolatileInstance bareRuntime(RecordReader in) {
    return new VolatileInstance(RuntimeCodec.readWithoutProgress(in), in.number());
  }
}
