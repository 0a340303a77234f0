package bespoke.ondemand.inetd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import bespoke.model.Origin;
import bespoke.model.Property;
import bespoke.model.PropertyGroup;
import bespoke.model.PropertyGroups;
import bespoke.model.PropertyType;
import bespoke.ondemand.NotArmedException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SettingsTest {
  private static PropertyGroups group(Property... properties) {
    return PropertyGroups.of(
        List.of(
            PropertyGroup.of(
                "inetd", PropertyGroup.FRAMEWORK, List.of(properties), Origin.UNKNOWN)));
  }

  private static Property property(String name, String... values) {
    return new Property(name, PropertyType.ASTRING, List.of(values), Origin.UNKNOWN);
  }

  @Test
  void whatIsNotSaidHasTheDefaultsOfInetd() throws NotArmedException {
    Settings settings =
        Settings.of(group(property("listen", "tcp://127.0.0.1:80", "unix:/run/x.sock")));
    assertThat(settings.listen()).hasToString("[tcp://127.0.0.1:80, unix:/run/x.sock]");
    assertThat(settings.stdio()).isFalse();
    assertThat(settings.names()).containsExactly("unknown", "unknown");
    assertThat(settings.mode()).isEqualTo(0600);
    assertThat(
            Settings.of(group(property("listen", "tcp://*:80"), property("accept", "true")))
                .stdio())
        .isTrue();
  }

  @Test
  void everythingThatIsWrongIsSaidAtOnce() {
    PropertyGroups wrong =
        group(
            property("listen", "tcp://127.0.0.1:99999", "ftp://x", "unix:relative"),
            property("handover", "carrier pigeon"),
            property("backlog", "many"),
            property("socket_mode", "rw"));
    assertThatThrownBy(() -> Settings.of(wrong))
        .isInstanceOf(NotArmedException.class)
        .hasMessageContainingAll(
            "\"99999\"", "ftp://x", "absolute", "carrier pigeon", "inetd/backlog", "socket_mode");
  }

  @Test
  void connectionsOfUdpCannotBeAccepted() {
    assertThatThrownBy(
            () -> Settings.of(group(property("listen", "udp://*:53"), property("accept", "true"))))
        .hasMessage("inetd/accept is for connections at tcp:// and unix:/PATH.");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"tcp://127.0.0.1:80", "tcp://*:1", "udp://[::1]:65535", "unix:/run/a b.sock"})
  void anAddressIsWrittenAsItIsRead(String text) {
    ListenAddress address = ListenAddress.parse(text);
    assertThat(ListenAddress.parse(address.toString())).isEqualTo(address);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "80",
        "tcp://",
        "tcp://:",
        "tcp://1.2.3.4",
        "tcp://example.org:80",
        "tcp://1.2.3.4:0",
        "tcp://1.2.3.4:-1",
        "tcp://[::1:80",
        "unix:",
        "unix:x",
        "tcp:/127.0.0.1:80"
      })
  void nonsenseIsNoAddress(String text) {
    assertThatThrownBy(() -> ListenAddress.parse(text))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void theRateForgetsWhatIsLongAgo() {
    Rate rate = new Rate(2, Duration.ofSeconds(10));
    Instant start = Instant.EPOCH;
    assertThat(rate.isExceededAt(start)).isFalse();
    assertThat(rate.isExceededAt(start.plusSeconds(9))).isFalse();
    assertThat(rate.isExceededAt(start.plusSeconds(11))).isFalse();
    assertThat(rate.isExceededAt(start.plusSeconds(12))).isTrue();
  }
}
