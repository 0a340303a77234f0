package bespoke.daemon;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A compose file in the manifest directory of a real daemon, with real processes.
class ComposeStackTest {
  @TempDir Path directory;

  @Test
  void aStackStartsInTheOrderThatItsConditionsDemand() throws IOException {
    Path manifests = Files.createDirectory(directory.resolve("m"));
    Files.writeString(
        manifests.resolve("compose.yaml"),
        """
        name: shop
        services:
          web:
            command: ["sh", "-c", "echo web >> DIR/order; exec sleep 1000"]
            restart: always
            depends_on:
              application: {condition: service_started}
          application:
            command: ["sh", "-c", "echo application $$KIND >> DIR/order; exec sleep 1000"]
            environment: {KIND: real}
            restart: always
            depends_on:
              migration: {condition: service_completed_successfully}
          migration:
            command: ["sh", "-c", "echo migration >> DIR/order"]
            depends_on:
              db: {condition: service_healthy}
          db:
            command: ["sh", "-c", "sleep 0.3; echo db >> DIR/order; : > DIR/healthy; exec sleep 1000"]
            restart: always
            healthcheck: {test: "test -e DIR/healthy", interval: 1s, start_interval: 100ms}
          optional:
            command: ["sh", "-c", "echo optional >> DIR/order"]
            profiles: [tools]
        """
            .replace("DIR", directory.toString()));
    try (DaemonProcess daemon = DaemonProcess.start(directory.resolve("r"), manifests)) {
      daemon.awaitSettled();
      // a child is online when it runs, which may be before its first line is written
      long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
      while (Files.readAllLines(directory.resolve("order")).size() < 4 && System.nanoTime() < end) {
        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
      }
      assertThat(Files.readAllLines(directory.resolve("order")))
          .startsWith("db", "migration")
          .containsExactlyInAnyOrder("db", "migration", "application real", "web");
      assertThat(daemon.instance("shop/web").state()).isEqualTo("online");
      assertThat(daemon.instance("shop/optional").state()).isEqualTo("disabled");
    }
  }
}
