package dev.synod.actors.client;

import dev.synod.core.Outcome.Reason;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A command that never left")
class NeverSentTest {

  private final ClientFixture client = new ClientFixture();

  @AfterEach
  void close() {
    client.close();
  }

  @Test
  @DisplayName("is rejected for want of a leader, if no replica was found")
  void noReplicaFound() {
    client.submit("add");
    client.node.receiveMessage();
    client.deadlinePasses();

    client.expectRejected(Reason.NO_LEADER);
  }

  @Test
  @DisplayName("is rejected, even if the wish for a session was never answered")
  void noSession() {
    client.hosted(client.one);
    client.submit("add");
    client.opening(client.one);
    client.deadlinePasses();

    client.expectRejected(Reason.NO_LEADER);
  }

  @Test
  @DisplayName("is rejected with the reason why there is no session")
  void sessionRefused() {
    client.hosted(client.one);
    client.submit("add");
    client.refuse(client.opening(client.one), Reason.BUSY);
    client.deadlinePasses();

    client.expectRejected(Reason.BUSY);
  }

  @Test
  @DisplayName("is rejected at once, if the leader can't write a session")
  void storageFailed() {
    client.hosted(client.one);
    client.submit("add");
    client.refuse(client.opening(client.one), Reason.STORAGE);

    client.expectRejected(Reason.STORAGE);
  }

  @Test
  @DisplayName("is rejected as one too many, if as many wait as may")
  void oneTooMany() {
    for (int i = 0; i <= ClientFixture.WAITING; i++) {
      client.submit("add");
    }

    client.expectRejected(Reason.BUSY);
    client.caller.expectNoMessage();
  }

  @Test
  @DisplayName("is rejected as busy, if too many bytes are under way")
  void tooManyBytes() {
    for (int i = 0; i < ClientFixture.WAITING; i++) {
      client.submit("x".repeat(99));
      client.submit("x".repeat(99));
    }

    for (int i = 0; i < ClientFixture.WAITING; i++) {
      client.expectRejected(Reason.BUSY);
    }
  }

  @Test
  @DisplayName("is rejected by its caller's thread, if it is too large")
  void tooLarge() {
    client.submit("x".repeat(101));

    client.expectRejected(Reason.INVALID);
  }
}
