package bespoke.os;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class AccountsTest {
  @Test
  void rootIsKnownByNameAndNumber() {
    Accounts.User root = Accounts.user("root").orElseThrow();
    assertThat(root.uid()).isZero();
    assertThat(root.gid()).isZero();
    assertThat(root.home()).startsWith("/");
    assertThat(Accounts.user(0)).contains(root);
    assertThat(Accounts.group("root")).contains(new Accounts.Group("root", 0));
    assertThat(Accounts.group(0)).contains(new Accounts.Group("root", 0));
    assertThat(Accounts.groupsOf(root)).contains(0L);
  }

  @Test
  void whoIsNotThereIsNotFound() {
    assertThat(Accounts.user("no-such-user")).isEmpty();
    assertThat(Accounts.user(4_000_000_000L)).isEmpty();
    assertThat(Accounts.group("no-such-group")).isEmpty();
    assertThat(Accounts.group(4_000_000_000L)).isEmpty();
  }
}
