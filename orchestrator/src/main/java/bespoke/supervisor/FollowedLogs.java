package bespoke.supervisor;

import bespoke.supervisor.http.Routes;
import bespoke.supervisor.server.Loop;
import bespoke.supervisor.server.ManagedProcess;
import bespoke.supervisor.server.Supervision;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Tells the HTTP servers where the logs are.
final class FollowedLogs implements Routes.LogFiles {
  private final Loop loop;
  private final Supplier<Supervision> supervision;

  FollowedLogs(Loop loop, Supplier<Supervision> supervision) {
    this.loop = loop;
    this.supervision = supervision;
  }

  @Override
  public @Nullable Path mainLog() throws InterruptedException {
    return ask(current -> current.log().path()).orElse(null);
  }

  @Override
  public @Nullable Path processLog(String name, boolean stderr) throws InterruptedException {
    int colon = name.indexOf(':');
    String group = colon < 0 ? name : name.substring(0, colon);
    String process = colon < 0 ? name : name.substring(colon + 1);
    return ask(current ->
            current
                .group(group)
                .flatMap(found -> found.process(process))
                .map((ManagedProcess found) -> found.logFile(stderr)))
        .orElse(null);
  }

  private Optional<Path> ask(Function<Supervision, Optional<Path>> question)
      throws InterruptedException {
    try {
      return loop.call(() -> question.apply(supervision.get())).get();
    } catch (ExecutionException e) {
      throw new IllegalStateException(e);
    }
  }
}
