package bespoke.os;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;

/// Signals that are sent to this process (`sun.misc.Signal` of module jdk.unsupported, by
/// reflection since javac warns of it in a way that cannot be silenced).
public final class SignalHandling {
  private SignalHandling() {}

  /// Runs something each time a signal arrives, on a thread of its own; signals that follow fast on
  /// each other may be seen as one. Replaces what was done before.
  ///
  /// @param name such as `HUP`
  /// @return false when the JVM keeps that signal for itself (`QUIT`, `SEGV`, with `-Xrs` others)
  public static boolean handle(String name, Runnable action) {
    InvocationHandler handler =
        (proxy, method, arguments) ->
            switch (method.getName()) {
              case "handle" -> {
                action.run();
                yield null;
              }
              case "equals" ->
                  System.identityHashCode(proxy) == System.identityHashCode(arguments[0]);
              case "hashCode" -> System.identityHashCode(proxy);
              default -> "handler of " + name;
            };
    try {
      Class<?> signalType = Class.forName("sun.misc.Signal");
      Class<?> handlerType = Class.forName("sun.misc.SignalHandler");
      Method handle = signalType.getMethod("handle", signalType, handlerType);
      Object proxy =
          Proxy.newProxyInstance(
              SignalHandling.class.getClassLoader(), new Class<?>[] {handlerType}, handler);
      Object signal = signalType.getConstructor(String.class).newInstance(name);
      handle.invoke(null, signal, proxy);
      return true;
    } catch (InvocationTargetException problem) {
      if (problem.getCause() instanceof IllegalArgumentException) {
        return false;
      }
      throw new IllegalStateException(problem);
    } catch (ReflectiveOperationException problem) {
      throw new IllegalStateException(problem);
    }
  }
}
