package bespoke.supervisor.rpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class XmlRpcTest {
  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  @Test
  void whatIsWrittenIsReadAgain() throws Exception {
    var call =
        new MethodCall(
            "supervisor.x",
            List.of("a<&>\u00fc\n", 5, true, List.of(1, List.of("n")), Map.of("k", "v"), 1.5));
    assertThat(XmlRpcReader.call(XmlRpcWriter.call(call))).isEqualTo(call);
    assertThat(XmlRpcReader.response(XmlRpcWriter.response(call.parameters())))
        .isEqualTo(call.parameters());
  }

  @Test
  void anUntypedValueIsAString() throws Exception {
    MethodCall call =
        XmlRpcReader.call(
            bytes(
                "<methodCall><methodName>m</methodName><params><param><value> x </value></param>"
                    + "</params></methodCall>"));
    assertThat(call.parameters()).containsExactly(" x ");
  }

  @Test
  void faultsCarryTheirNumberAndText() {
    byte[] body = XmlRpcWriter.fault(new Fault(FaultCode.BAD_NAME, "x"));
    assertThatThrownBy(() -> XmlRpcReader.response(body))
        .isInstanceOfSatisfying(
            RemoteFault.class,
            fault -> {
              assertThat(fault.code()).isEqualTo(10);
              assertThat(fault.text()).isEqualTo("BAD_NAME: x");
            });
  }

  @Test
  void entitiesAreNotExpanded() {
    String attack =
        "<!DOCTYPE m [<!ENTITY x SYSTEM \"file:///etc/passwd\">]><methodCall><methodName>&x;"
            + "</methodName></methodCall>";
    assertThatThrownBy(() -> XmlRpcReader.call(bytes(attack)))
        .isInstanceOf(MalformedXmlException.class);
  }

  @Test
  void deepNestingIsRefused() {
    String deep =
        "<methodCall><methodName>m</methodName><params><param>"
            + "<value><array><data>".repeat(1000);
    assertThatThrownBy(() -> XmlRpcReader.call(bytes(deep)))
        .isInstanceOf(MalformedXmlException.class);
  }

  @Test
  void charactersThatXmlCannotCarryAreReplaced() throws Exception {
    assertThat(XmlRpcReader.response(XmlRpcWriter.response("a\u0001b\ud800")))
        .isEqualTo("a\ufffdb\ufffd");
  }

  @Test
  void damagedCallsAreReadOrRefused() {
    byte[] good =
        XmlRpcWriter.call(new MethodCall("m.n", List.of("a", 1, List.of(true), Map.of("k", 2))));
    for (long seed = 0; seed < 3000; seed++) {
      var random = new Random(seed);
      byte[] damaged = good.clone();
      for (int i = 0; i <= random.nextInt(4); i++) {
        damaged[random.nextInt(damaged.length)] = (byte) random.nextInt(128);
      }
      try {
        assertThat(XmlRpcReader.call(damaged)).isNotNull();
      } catch (MalformedXmlException e) {
        assertThat(e).hasMessageNotContaining("NullPointer");
      }
    }
  }
}
