package dev.synod.actors.client;

import static dev.synod.actors.client.ClientFixture.GROUP;
import static dev.synod.actors.client.ClientFixture.SESSION;
import static dev.synod.actors.client.ClientFixture.TICK;
import static org.assertj.core.api.Assertions.assertThat;

import dev.synod.actors.message.ClientMessage.Propose;
import dev.synod.actors.message.LeaderSearch.Leads;
import dev.synod.actors.message.LeaderSearch.WhoLeads;
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
      client.passes(TICK);
    }
  }

  /** The nodes are asked, all three. */
  private WhoLeads asked() {
    var ask = client.node.expectMessageClass(WhoLeads.class);
    client.node.expectMessage(ask);
    client.node.expectMessage(ask);
    return ask;
  }

  private void leads(TestProbe<ReplicaMessage> replica, long epoch) {
    client.client.tell(new Leads(GROUP, 9, epoch, replica.ref()));
  }

  @Test
  @DisplayName("asks the nodes who leads, once")
  void asksTheNodes() {
    proposedToOne();

    waits(Lookout.APART);

    assertThat(asked().epoch()).isEqualTo(-1);
    client.node.expectNoMessage();
    client.expectNothing(client.one, client.two);
  }

  @Test
  @DisplayName("asks also replicas that it was pointed at, since their nodes may be none of those")
  void asksThePointedAt() {
    proposedToOne();
    leads(client.three, 3);
    client.proposal(client.three);

    waits(1);

    assertThat(asked().epoch()).isEqualTo(3);
    assertThat(client.three.expectMessageClass(WhoLeads.class).epoch()).isEqualTo(3);
    client.expectNothing(client.one, client.two);
  }

  @Test
  @DisplayName("asks also while requests keep coming, each just before a late timer")
  void isNotPutOff() {
    proposedToOne();

    for (int i = 0; i < Lookout.APART; i++) {
      client.passesLate(TICK, () -> client.submit("b"));
    }

    assertThat(asked().epoch()).isEqualTo(-1);
  }

  @Test
  @DisplayName("asks again after a while, since the question may be lost")
  void asksAgain() {
    proposedToOne();

    waits(1 + Lookout.APART);

    asked();
    asked();
    client.node.expectNoMessage();
  }

  @Test
  @DisplayName("goes back to a leader that gave no answer if the others still follow it")
  void messageWasLost() {
    proposedToOne();
    waits(1);
    asked();
    leads(client.one, 3);
    waits(10);
    client.two.fishForMessage(
        Duration.ofSeconds(30),
        message ->
            message instanceof Propose
                ? FishingOutcomes.complete()
                : FishingOutcomes.continueAndIgnore());

    leads(client.one, 3);

    client.ok(client.proposal(client.one), "1");
    client.expectOk("1");
  }

  @Test
  @DisplayName("asks for a newer leader soon if it hears of the one that it waits for")
  void asksForNews() {
    proposedToOne();
    waits(1);
    asked();

    leads(client.one, 3);
    waits(1);

    assertThat(asked().epoch()).isEqualTo(3);
  }

  @Test
  @DisplayName("asks nobody once it has its answer")
  void asksNobody() {
    client.ok(proposedToOne(), "1");
    client.expectOk("1");

    waits(5);

    client.node.expectNoMessage();
    client.expectNothing(client.one, client.two);
  }

  @Test
  @DisplayName("turns to a newer leader at once, with all that it waits for")
  void turnsToTheNewLeader() {
    proposedToOne();
    client.submit("b");
    client.proposal(client.one);
    waits(1);
    asked();

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
    client.refuse(client.opening(client.one), Reason.NO_LEADER);
    client.pausePasses();
    client.refuse(client.opening(client.one), Reason.NO_LEADER);
    client.pausePasses();
    client.refuse(client.opening(client.one), Reason.NO_LEADER); // for at least two ticks
    waits(1);
    client.node.fishForMessage(
        Duration.ofSeconds(30),
        message ->
            message instanceof WhoLeads
                ? FishingOutcomes.complete()
                : FishingOutcomes.continueAndIgnore());

    leads(client.two, 1);

    client.opening(client.two);
  }
}
