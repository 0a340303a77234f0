package org.sqlite.util;

import java.util.function.Supplier;

/// In the place of the class of that name in sqlite-jdbc, which looks for SLF4J: to find that a
/// class is absent, every jar is opened, 12 ms of each start.
public final class LoggerFactory {
  private LoggerFactory() {}

  public static Logger getLogger(Class<?> of) {
    return new JdkLogger(of.getName());
  }

  /// Makes the logger of the JDK when there is something to say.
  private record JdkLogger(String name) implements Logger {
    @Override
    public void trace(Supplier<String> message) {}

    @Override
    public void info(Supplier<String> message) {}

    @Override
    public void warn(Supplier<String> message) {
      System.getLogger(name).log(System.Logger.Level.WARNING, message);
    }

    @Override
    public void error(Supplier<String> message, Throwable problem) {
      System.getLogger(name).log(System.Logger.Level.ERROR, message, problem);
    }
  }
}
