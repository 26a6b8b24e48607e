package dev.synod.actors.replica;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Sessions that the leader has not heard of")
class SessionExpiryTest {

  private long now;
  private final SessionExpiry sessions = new SessionExpiry(3, 100, 20, () -> now);

  @Test
  @DisplayName("are due after the timeout, and named again only after another one")
  void timeout() {
    sessions.changed(List.of(1L, 2L), List.of());
    now = 60;
    sessions.heard(2);
    now = 101;

    assertThat(sessions.due()).containsExactly(1L);
    assertThat(sessions.due()).isEmpty();
    now = 202;
    assertThat(sessions.due()).containsExactly(1L, 2L);
  }

  @Test
  @DisplayName(
      "are due sooner while there are as many as there may be: the dead don't keep out the living")
  void full() {
    sessions.changed(List.of(1L, 2L), List.of());
    now = 10;
    sessions.changed(List.of(3L), List.of());
    now = 25;

    assertThat(sessions.due()).containsExactly(1L, 2L);
    sessions.changed(List.of(), List.of(1L, 2L));
    now = 50;
    assertThat(sessions.due()).isEmpty();
  }

  @Test
  @DisplayName("get the full time again from a new leader")
  void restart() {
    sessions.changed(List.of(1L), List.of());
    now = 90;
    sessions.restart();
    now = 150;

    assertThat(sessions.due()).isEmpty();
  }
}
