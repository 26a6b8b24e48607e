package dev.synod.actors.client;

import static dev.synod.actors.client.ClientFixture.GROUP;
import static dev.synod.actors.client.ClientFixture.SESSION;
import static dev.synod.actors.client.ClientFixture.TICK;
import static org.assertj.core.api.Assertions.assertThat;

import dev.synod.actors.message.ClientMessage.Propose;
import dev.synod.actors.message.LeaderSearch.Leads;
import dev.synod.actors.message.LeaderSearch.WhoLeads;
import dev.synod.actors.message.NodeMessage.Locate;
import dev.synod.actors.message.ReplicaMessage;
import dev.synod.core.GroupId;
import dev.synod.core.Outcome.Reason;
import java.time.Duration;
import org.apache.pekko.actor.testkit.typed.javadsl.FishingOutcomes;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A client that is kept waiting")
class LeaderSearchTest {

  private final ClientFixture client = new ClientFixture(TICK);

  @AfterEach
  void close() {
    client.close();
  }

  private Propose proposedToOne() {
    client.hosted(client.one);
    client.located(client.two);
    client.submit("a");
    client.ok(client.opening(client.one), SESSION);
    return client.proposal(client.one);
  }

  private void waits(int ticks) {
    for (int i = 0; i < ticks; i++) {
      client.time.timePasses(TICK);
    }
  }

  private void leads(TestProbe<ReplicaMessage> replica, long epoch) {
    client.client.tell(new Leads(GROUP, 9, epoch, replica.ref()));
  }

  @Test
  @DisplayName("asks the other replicas who leads, once, and not the one it waits for")
  void asksTheOthers() {
    proposedToOne();

    waits(Lookout.APART);

    assertThat(client.two.expectMessageClass(WhoLeads.class).epoch()).isEqualTo(-1);
    client.expectNothing(client.one, client.two);
  }

  @Test
  @DisplayName("asks again after a while, since the question may be lost")
  void asksAgain() {
    proposedToOne();

    waits(1 + Lookout.APART);

    client.two.expectMessageClass(WhoLeads.class);
    client.two.expectMessageClass(WhoLeads.class);
    client.expectNothing(client.one, client.two);
  }

  @Test
  @DisplayName("goes back to a leader that gave no answer if the others still follow it")
  void messageWasLost() {
    proposedToOne();
    waits(1);
    client.two.expectMessageClass(WhoLeads.class);
    leads(client.one, 3);
    waits(10);
    client.two.fishForMessage(
        Duration.ofSeconds(3),
        message ->
            message instanceof Propose
                ? FishingOutcomes.complete()
                : FishingOutcomes.continueAndIgnore());

    client.one.expectMessageClass(WhoLeads.class);

    leads(client.one, 3);

    client.ok(client.proposal(client.one), "1");
    client.expectOk("1");
  }

  @Test
  @DisplayName("asks for a newer leader soon if it hears of the one that it waits for")
  void asksForNews() {
    proposedToOne();
    waits(1);
    client.two.expectMessageClass(WhoLeads.class);

    leads(client.one, 3);
    waits(1);

    assertThat(client.two.expectMessageClass(WhoLeads.class).epoch()).isEqualTo(3);
  }

  @Test
  @DisplayName("asks nobody once it has its answer")
  void asksNobody() {
    client.ok(proposedToOne(), "1");
    client.expectOk("1");

    waits(5);

    client.expectNothing(client.one, client.two);
  }

  @Test
  @DisplayName("turns to a newer leader at once, with all that it waits for")
  void turnsToTheNewLeader() {
    proposedToOne();
    client.submit("b");
    client.proposal(client.one);
    waits(1);
    client.two.expectMessageClass(WhoLeads.class);

    leads(client.two, 2);

    client.ok(client.proposal(client.two), "1");
    client.expectOk("1");
  }

  @Test
  @DisplayName("takes the old leader's answer if that comes after all")
  void oldLeaderMayAnswer() {
    var first = proposedToOne();
    leads(client.two, 2);
    client.proposal(client.two);

    client.ok(first, "1");

    client.expectOk("1");
  }

  @Test
  @DisplayName("does not believe a replica that is behind")
  void staysWithTheNewest() {
    proposedToOne();
    leads(client.two, 2);
    client.proposal(client.two);

    leads(client.one, 1);
    leads(client.one, 2);

    client.expectNothing(client.one);
  }

  @Test
  @DisplayName("believes a replica of a group that was founded anew, whose epochs begin anew")
  void foundedAnew() {
    proposedToOne();
    leads(client.two, 2);
    client.proposal(client.two);

    client.client.tell(new Leads(GROUP, 10, 1, client.one.ref()));

    client.proposal(client.one);
  }

  @Test
  @DisplayName("asks replicas that were started anew, too")
  void asksTheRestarted() {
    client.hosted(client.one);
    client.submit("a");
    client.opening(client.one);
    waits(1);
    client.node.expectMessageClass(Locate.class);

    client.located(client.two);

    client.two.expectMessageClass(WhoLeads.class);
  }

  @Test
  @DisplayName("does not listen to other groups")
  void otherGroups() {
    proposedToOne();

    client.client.tell(new Leads(new GroupId("another"), 9, 2, client.two.ref()));

    client.expectNothing(client.two);
  }

  @Test
  @DisplayName("looks for a leader during a pause, too, and ends it")
  void endsPauses() {
    client.hosted(client.one);
    client.submit("a");
    var next = client.one.receiveMessage();
    while (next instanceof Propose opening) {
      client.refuse(opening, Reason.NO_LEADER);
      client.node.receiveSeveralMessages(3); // where are the replicas? The pause has begun.
      waits(1);
      next = client.one.receiveMessage();
    }
    assertThat(next).isInstanceOf(WhoLeads.class);

    leads(client.two, 1);

    client.opening(client.two);
  }
}
