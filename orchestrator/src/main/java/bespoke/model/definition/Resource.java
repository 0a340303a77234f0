package bespoke.model.definition;

import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/// The limits of a contract that a definition may set, and their files in cgroup v2 (cgroups(7)).
public enum Resource {
  MEMORY_MIN("memory.min", Form.SIZE),
  MEMORY_LOW("memory.low", Form.SIZE),
  MEMORY_HIGH("memory.high", Form.SIZE),
  MEMORY_MAX("memory.max", Form.SIZE),
  MEMORY_SWAP_MAX("memory.swap.max", Form.SIZE),
  CPU_MAX("cpu.max", Form.PERCENT),
  CPU_WEIGHT("cpu.weight", Form.WEIGHT),
  IO_WEIGHT("io.weight", Form.WEIGHT),
  PIDS_MAX("pids.max", Form.SIZE);

  /// How a value is written.
  public enum Form {
    /// A number, perhaps with `K`, `M`, `G` or `T`; or `max`.
    SIZE("a number such as 512M, or max"),
    /// Of one processor: `150%` is one and a half; or `max`.
    PERCENT("a percentage of one processor such as 150%, or max"),
    /// 1 to 10000; the kernel's default is 100.
    WEIGHT("a number from 1 to 10000");

    private final String text;

    Form(String text) {
      this.text = text;
    }

    /// What is expected, for messages.
    public String text() {
      return text;
    }
  }

  private static final int PERIOD_MICROS = 100_000;

  private final String file;
  private final Form form;

  Resource(String file, Form form) {
    this.file = file;
    this.form = form;
  }

  /// The cgroup v2 interface file.
  public String file() {
    return file;
  }

  /// How its value is written.
  public Form form() {
    return form;
  }

  /// The value as the kernel reads it, or empty when the text is none.
  public Optional<String> kernelValue(String text) {
    return switch (form) {
      case SIZE -> text.equals("max") ? Optional.of(text) : size(text);
      case PERCENT -> text.equals("max") ? Optional.of(text) : percent(text);
      case WEIGHT -> {
        OptionalInt weight = Values.integer(text, 1, 10_000);
        yield weight.isPresent() ? Optional.of(text) : Optional.empty();
      }
    };
  }

  private static Optional<String> size(String text) {
    var size = Values.size(text);
    return size.isPresent() ? Optional.of(Long.toString(size.getAsLong())) : Optional.empty();
  }

  private static Optional<String> percent(String text) {
    if (!text.endsWith("%")) {
      return Optional.empty();
    }
    OptionalInt percent = Values.integer(text.substring(0, text.length() - 1), 1, 1_000_000);
    return percent.isPresent()
        ? Optional.of(percent.getAsInt() * (PERIOD_MICROS / 100L) + " " + PERIOD_MICROS)
        : Optional.empty();
  }

  /// The property's name: `memory_max`.
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }

  /// The resource of that name, or null.
  public static @Nullable Resource named(String name) {
    for (Resource resource : values()) {
      if (resource.toString().equals(name)) {
        return resource;
      }
    }
    return null;
  }
}
