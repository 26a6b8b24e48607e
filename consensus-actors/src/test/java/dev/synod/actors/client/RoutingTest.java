package dev.synod.actors.client;

import static dev.synod.actors.client.ClientFixture.SESSION;
import static org.assertj.core.api.Assertions.assertThat;

import dev.synod.actors.message.NodeMessage.Locate;
import dev.synod.core.Outcome.Reason;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A client's search for the leader")
class RoutingTest {

  private final ClientFixture client = new ClientFixture();

  @AfterEach
  void close() {
    client.close();
  }

  @Test
  @DisplayName("asks all nodes where replicas are, and tries the first that it hears of")
  void locates() {
    client.submit("a");
    for (int i = 0; i < 3; i++) {
      assertThat(client.node.expectMessageClass(Locate.class).group())
          .isEqualTo(ClientFixture.GROUP);
    }
    client.located(client.two);

    client.opening(client.two);
  }

  @Test
  @DisplayName("follows a hint at once")
  void followsHints() {
    client.hosted(client.one);
    client.submit("a");
    client.refuse(client.opening(client.one), Reason.NO_LEADER, client.two);

    client.ok(client.opening(client.two), SESSION);
    client.proposal(client.two);
  }

  @Test
  @DisplayName("turns to the next replica at once, if the first one knows no leader")
  void turnsToTheNext() {
    client.hosted(client.one);
    client.located(client.two);
    client.submit("a");
    client.refuse(client.opening(client.one), Reason.NO_LEADER);

    client.opening(client.two);
  }

  @Test
  @DisplayName("pauses and asks the nodes again, once all were tried")
  void pausesAfterARound() {
    client.hosted(client.one);
    client.submit("a");
    client.refuse(client.opening(client.one), Reason.NO_LEADER);
    client.node.expectMessageClass(Locate.class);
    client.expectNothing(client.one);
    client.pausePasses();

    client.opening(client.one);
  }

  @Test
  @DisplayName("pauses, if replicas only point at each other")
  void pingPongEnds() {
    client.hosted(client.one);
    client.submit("a");
    var from = client.one;
    var to = client.two;
    for (int i = 0; i <= Route.REDIRECTS_MAX; i++) {
      client.refuse(client.opening(from), Reason.NO_LEADER, to);
      var swapped = from;
      from = to;
      to = swapped;
    }
    client.expectNothing(client.one, client.two);
    client.pausePasses();

    client.opening(client.one);
  }

  @Test
  @DisplayName("leaves a replica that stays silent, and does not go back there on another's word")
  void leavesTheSilent() {
    client.hosted(client.one);
    client.located(client.two);
    client.submit("a");
    client.opening(client.one);
    client.attemptTimesOut();
    client.refuse(client.opening(client.two), Reason.NO_LEADER, client.one);

    client.expectNothing(client.one);
  }

  @Test
  @DisplayName("sends all that waits to the new leader")
  void movesOn() {
    client.hosted(client.one);
    client.submit("a");
    client.ok(client.opening(client.one), SESSION);
    client.ok(client.proposal(client.one), "1");
    client.expectOk("1");
    client.submit("b");
    client.submit("c");
    client
        .proposals(client.one, 2)
        .forEach(propose -> client.refuse(propose, Reason.NO_LEADER, client.two));

    assertThat(client.proposals(client.two, 2))
        .flatMap(ClientFixture::requests)
        .containsExactly(2L, 3L);
  }
}
