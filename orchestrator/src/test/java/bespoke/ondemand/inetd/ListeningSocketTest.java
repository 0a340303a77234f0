package bespoke.ondemand.inetd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import bespoke.model.Origin;
import bespoke.model.Property;
import bespoke.model.PropertyGroup;
import bespoke.model.PropertyGroups;
import bespoke.model.PropertyType;
import bespoke.ondemand.NotArmedException;
import bespoke.os.Descriptor;
import bespoke.os.LocalSocket;
import bespoke.os.LocalSocket.Kind;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Sockets and pipes that the JDK has no channel for.
class ListeningSocketTest {

  @TempDir Path directory;

  private static Settings settings(String address) throws NotArmedException {
    return Settings.of(
        PropertyGroups.of(
            List.of(
                PropertyGroup.of(
                    "inetd",
                    PropertyGroup.FRAMEWORK,
                    List.of(
                        new Property(
                            "listen", PropertyType.ASTRING, List.of(address), Origin.UNKNOWN),
                        new Property(
                            "socket_mode", PropertyType.ASTRING, List.of("0640"), Origin.UNKNOWN)),
                    Origin.UNKNOWN))));
  }

  private static ListeningSocket open(String address) throws NotArmedException, IOException {
    Settings settings = settings(address);
    assertThat(settings.listen().getFirst()).hasToString(address);
    return ListeningSocket.open(settings.listen().getFirst(), settings);
  }

  @ParameterizedTest
  @CsvSource({"unix-dgram, DATAGRAM", "unix-seqpacket, SEQUENTIAL_PACKETS"})
  void aSocketInTheFileSystemIsThereWhileItIsOpenAndReplacesOneThatNobodyHas(
      String scheme, Kind kind) throws Exception {
    Path path = directory.resolve("below/s");
    String address = scheme + ":" + path;
    try (ListeningSocket socket = open(address)) {
      assertThat(socket.descriptor()).isPositive();
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(path)))
          .isEqualTo("rw-r-----");
      assertThat(LocalSocket.isInUse(kind, path.toString())).isTrue();
      assertThatThrownBy(() -> open(address)).hasMessageContaining("another process listens");
    }
    assertThat(path).doesNotExist();
    LocalSocket.listen(kind, path.toString(), 1).close(); // as a process that was killed
    assertThat(path).exists();
    open(address).close();
    assertThat(path).doesNotExist();
  }

  @Test
  void aNameThatIsInNoFileSystemIsListenedAt() throws Exception {
    String name = "@bespoke-test-" + directory.getFileName();
    try (ListeningSocket socket = open("unix:" + name)) {
      assertThat(socket.descriptor()).isPositive();
      assertThat(LocalSocket.isInUse(Kind.STREAM, name)).isTrue();
    }
    assertThat(LocalSocket.isInUse(Kind.STREAM, name)).isFalse();
  }

  @Test
  void aPipeIsMadeKeptAndReadFrom() throws Exception {
    Path path = directory.resolve("pipe");
    for (int round = 0; round < 2; round++) {
      try (ListeningSocket pipe = open("fifo:" + path)) {
        Files.writeString(path, "hello");
        ByteBuffer bytes = ByteBuffer.allocate(16);
        assertThat(new Descriptor(pipe.descriptor()).read(bytes)).isEqualTo(5);
      }
      assertThat(path).exists();
    }
    Path file = Files.writeString(directory.resolve("file"), "");
    assertThatThrownBy(() -> open("fifo:" + file)).hasMessageContaining("no pipe");
    assertThatThrownBy(() -> open("unix-dgram:" + file)).hasMessageContaining("no socket");
    assertThat(file).exists();
  }

  @ParameterizedTest
  @CsvSource({"unix-dgram:relative", "unix:@", "fifo:x", "unix-seqpacket:"})
  void whatIsNoAddressIsSaidToBeNone(String text) {
    assertThatThrownBy(() -> ListenAddress.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(text);
  }
}
