package bespoke.supervisor.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class OriginTest {
  private static boolean isForeign(boolean asksForPassword, String... headers) {
    var all = new LinkedHashMap<String, String>();
    for (int i = 0; i < headers.length; i += 2) {
      all.put(headers[i], headers[i + 1]);
    }
    return new Origin(asksForPassword)
        .isForeign(new HttpRequest("POST", "/RPC2", Map.of(), all, new byte[0], true));
  }

  @Test
  void programsAreNeverForeign() {
    assertThat(isForeign(false)).isFalse();
    assertThat(isForeign(false, "host", "any.example", "user-agent", "xmlrpc")).isFalse();
  }

  @Test
  void ourOwnPageIsNotForeign() {
    assertThat(isForeign(false, "host", "10.0.0.1:9001", "sec-fetch-site", "same-origin"))
        .isFalse();
    assertThat(isForeign(false, "host", "localhost:9001", "sec-fetch-site", "none")).isFalse();
    assertThat(isForeign(false, "host", "[::1]:9001", "origin", "http://[::1]:9001")).isFalse();
    assertThat(isForeign(false, "host", "box:9001", "referer", "http://box:9001/x")).isFalse();
  }

  @Test
  void anotherSitesPageIsForeign() {
    assertThat(isForeign(true, "host", "box:9001", "sec-fetch-site", "cross-site")).isTrue();
    assertThat(isForeign(true, "host", "box:9001", "sec-fetch-site", "same-site")).isTrue();
    assertThat(isForeign(true, "host", "box:9001", "origin", "http://evil.example")).isTrue();
    assertThat(isForeign(true, "host", "box", "origin", "http://box.evil.example")).isTrue();
    assertThat(isForeign(true, "host", "box:9001", "origin", "null")).isTrue();
  }

  @Test
  void aGetThatSaysNothingOfItselfIsForeignUnderAStrangersName() {
    var silent = Map.of("host", "evil.example:9001");
    var request = new HttpRequest("GET", "/", Map.of(), silent, new byte[0], true);
    var ours = new HttpRequest("GET", "/", Map.of(), Map.of("host", "10.0.0.1"), new byte[0], true);

    assertThat(new Origin(false).isForeignGet(request)).isTrue();
    assertThat(new Origin(true).isForeignGet(request)).isFalse();
    assertThat(new Origin(false).isForeignGet(ours)).isFalse();
  }

  @Test
  void aNameThatAStrangerMadePointToUsIsForeignUnlessAPasswordIsAskedFor() {
    String[] rebound = {"host", "evil.example:9001", "sec-fetch-site", "same-origin"};
    assertThat(isForeign(false, rebound)).isTrue();
    assertThat(isForeign(true, rebound)).isFalse();
  }
}
