package dev.synod.actors.client;

import static dev.synod.actors.client.ClientFixture.SESSION;
import static dev.synod.actors.client.ClientFixture.command;
import static dev.synod.actors.client.ClientFixture.requests;
import static org.assertj.core.api.Assertions.assertThat;

import dev.synod.actors.message.ClientMessage.KeepAlive;
import dev.synod.core.Outcome.Reason;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A client's session (Ongaro's thesis §6.3)")
class SessionsTest {

  private final ClientFixture client = new ClientFixture();

  @AfterEach
  void close() {
    client.close();
  }

  @Test
  @DisplayName("is opened by the first command, and numbers all from 1")
  void opensLazily() {
    client.hosted(client.one);
    client.expectNothing(client.one);
    client.submit("a");
    client.submit("b");
    client.ok(client.opening(client.one), SESSION);
    var commands = client.proposal(client.one);

    assertThat(commands.session()).isEqualTo(SESSION);
    assertThat(requests(commands)).containsExactly(1L, 2L);
    assertThat(command(commands, 1).session()).isEqualTo(SESSION);
  }

  @Test
  @DisplayName("acknowledges the replies that the client has, up to the lowest that it misses")
  void acknowledges() {
    client.hosted(client.one);
    client.submit("a");
    client.ok(client.opening(client.one), SESSION);
    var first = client.proposal(client.one);
    client.submit("b");
    var second = client.proposal(client.one);
    client.ok(second, "2");
    client.expectOk("2");
    client.submit("c");
    assertThat(command(client.proposal(client.one), 0).ackedBelow()).isEqualTo(1);
    client.ok(first, "1");
    client.expectOk("1");
    client.submit("d");
    var fourth = client.proposal(client.one);

    assertThat(command(fourth, 0).request()).isEqualTo(4);
    assertThat(command(fourth, 0).ackedBelow()).isEqualTo(3);
  }

  @Test
  @DisplayName("is the one that any of several wishes for it brought, however late")
  void lateOpeningCounts() {
    client.hosted(client.one);
    client.located(client.two);
    client.submit("a");
    var first = client.opening(client.one);
    client.attemptTimesOut();
    client.opening(client.two);
    client.ok(first, SESSION);

    assertThat(client.proposal(client.two).session()).isEqualTo(SESSION);
  }

  @Test
  @DisplayName("has no more numbers under way than replicas keep replies")
  void windowIsBounded() {
    client.hosted(client.one);
    for (int i = 0; i < 6; i++) {
      client.submit("a");
    }
    client.ok(client.opening(client.one), SESSION);
    var first = client.proposal(client.one);
    var second = client.proposal(client.one);
    client.expectNothing(client.one);
    client.ok(second, "4");
    client.expectNothing(client.one);
    client.ok(first, "1 to 3");

    assertThat(requests(first)).containsExactly(1L, 2L, 3L);
    assertThat(requests(second)).containsExactly(4L);
    assertThat(requests(client.proposal(client.one))).containsExactly(5L, 6L);
  }

  @Test
  @DisplayName("sends commands that came while it was busy in one message, within bounds")
  void batches() {
    client.hosted(client.one);
    client.submit("a");
    var opening = client.opening(client.one);
    client.hold();
    client.ok(opening, SESSION);
    var first = client.proposal(client.one);
    client.submit("b");
    client.submit("c");
    client.submit("d");
    client.release();
    var second = client.proposal(client.one);

    assertThat(requests(first)).containsExactly(1L);
    assertThat(requests(second)).containsExactly(2L, 3L, 4L);
  }

  @Test
  @DisplayName("is kept alive while no commands come, but not for ever")
  void keptAlive() {
    client.hosted(client.one);
    client.submit("a");
    client.ok(client.opening(client.one), SESSION);
    client.ok(client.proposal(client.one), "1");
    client.expectOk("1");
    client.passes(ClientFixture.KEEP_ALIVE);
    client.expectNothing(client.one);
    for (int i = 0; i < 3; i++) {
      client.passes(ClientFixture.KEEP_ALIVE);
      client.one.expectMessage(new KeepAlive(ClientFixture.GROUP, SESSION));
    }
    client.passes(ClientFixture.KEEP_ALIVE.multipliedBy(10));
    client.expectNothing(client.one);

    client.submit("b");
    assertThat(requests(client.proposal(client.one))).containsExactly(2L);
  }

  @Test
  @DisplayName("that has ended is replaced once for all commands that had to wait for it")
  void replacedOnce() {
    client.hosted(client.one);
    client.submit("a");
    client.ok(client.opening(client.one), SESSION);
    client.ok(client.proposal(client.one), "1");
    client.expectOk("1");
    client.submit("b");
    client.submit("c");
    client
        .proposals(client.one, 2)
        .forEach(propose -> client.refuse(propose, Reason.SESSION_EXPIRED));
    client.ok(client.opening(client.one), 99L);
    var again = client.proposals(client.one, 2);

    assertThat(again).flatMap(ClientFixture::requests).containsExactly(1L, 2L);
    assertThat(again).allMatch(propose -> propose.session() == 99);
    client.expectNothing(client.one);
  }
}
