package bespoke.journal.report;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SecretsTest {
  private static final String SECRET = "Xk9vhunter2vQ";

  @ParameterizedTest
  @ValueSource(
      strings = {
        "--password=§ --verbose",
        "serve --db-password § --verbose",
        "DB_PASSWORD: '§'",
        "\"api_key\" : \"§\"",
        "token=§&user=anna",
        "https://anna:§@example.org/x",
        "postgres://§@db/x",
        "Authorization: Bearer §",
        "curl -H 'authorization: basic §'",
        "client_secret = §",
        "bearer §",
        "aws AKIAABCDEFGHIJKLMNOP end",
        "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.abc-def_g",
        "-----BEGIN RSA PRIVATE KEY-----\n§\n§\n-----END RSA PRIVATE KEY-----",
        "-----BEGIN PRIVATE KEY-----\n§ cut off",
        "deadbeefdeadbeefdeadbeefdeadbeefdeadbeef"
      })
  void whatLooksLikeASecretIsTakenOut(String text) {
    String clean = Secrets.remove(text.replace("§", SECRET));
    assertThat(clean).contains(Secrets.REMOVED).doesNotContain("hunter2", "AKIAABC", "eyJhb");
    assertThat(clean).doesNotContain("deadbeef");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "The start method exited with status 1.",
        "mapping: 5 of 7, author: anna, pinging db",
        "/usr/bin/web --port 8080 --user anna",
        "the password expired",
        "start method died of signal 9"
      })
  void ordinarySentencesStay(String text) {
    assertThat(Secrets.remove(text)).isEqualTo(text);
  }

  @Test
  void takingOutTwiceChangesNothingMore() {
    String once = Secrets.remove("--token=abc https://u:p@h/ --password x");
    assertThat(Secrets.remove(once)).isEqualTo(once);
  }

  @Test
  void namesOfPropertiesTellSecrets() {
    assertThat(Secrets.isSecretName("db_password")).isTrue();
    assertThat(Secrets.isSecretName("apiKey")).isTrue();
    assertThat(Secrets.isSecretName("pwd")).isTrue();
    assertThat(Secrets.isSecretName("port")).isFalse();
    assertThat(Secrets.isSecretName("passenger_count")).isFalse();
  }
}
