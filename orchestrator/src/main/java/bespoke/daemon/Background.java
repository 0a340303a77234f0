package bespoke.daemon;

import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/// Work that is done beside something else while the daemon starts.
final class Background {
  private Background() {}

  /// Something that may fail.
  @FunctionalInterface
  interface Work<T> {
    T get() throws IOException;
  }

  static <T> CompletableFuture<T> run(String name, Work<T> work) {
    CompletableFuture<T> result = new CompletableFuture<>();
    Thread.ofPlatform()
        .name(name)
        .daemon()
        .start(() -> {
          try {
            result.complete(work.get());
          } catch (IOException | RuntimeException | Error e) {
            result.completeExceptionally(e);
          }
        });
    return result;
  }

  /// The result, or what went wrong.
  static <T> T join(CompletableFuture<T> result) throws IOException {
    try {
      return result.join();
    } catch (CompletionException e) {
      switch (e.getCause()) {
        case IOException problem -> throw problem;
        case RuntimeException bug -> throw bug;
        case Error bug -> throw bug;
        case null, default -> throw e;
      }
    }
  }
}
