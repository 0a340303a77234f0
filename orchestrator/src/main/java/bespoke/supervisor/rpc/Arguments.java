package bespoke.supervisor.rpc;

import java.util.List;

/// The parameters of one call, checked when they are taken.
public final class Arguments {
  private final List<Object> values;

  Arguments(List<Object> values) {
    this.values = List.copyOf(values);
  }

  public String text(int index) throws Fault {
    if (values.get(index) instanceof String text) {
      return text;
    }
    throw new Fault(FaultCode.INCORRECT_PARAMETERS);
  }

  public int integer(int index) throws Fault {
    if (values.get(index) instanceof Integer number) {
      return number;
    }
    throw new Fault(FaultCode.INCORRECT_PARAMETERS);
  }

  /// A boolean, or a number as Python's clients may send one; `absent` if it was left out.
  public boolean bool(int index, boolean absent) throws Fault {
    if (index >= values.size()) {
      return absent;
    }
    return switch (values.get(index)) {
      case Boolean bool -> bool;
      case Integer number -> number != 0;
      default -> throw new Fault(FaultCode.INCORRECT_PARAMETERS);
    };
  }

  public List<?> list(int index) throws Fault {
    if (values.get(index) instanceof List<?> list) {
      return list;
    }
    throw new Fault(FaultCode.INCORRECT_PARAMETERS);
  }
}
