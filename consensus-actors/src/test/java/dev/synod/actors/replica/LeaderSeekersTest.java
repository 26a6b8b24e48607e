package dev.synod.actors.replica;

import static org.assertj.core.api.Assertions.assertThat;

import dev.synod.actors.Peers;
import dev.synod.actors.message.LeaderSearch.Leads;
import dev.synod.actors.message.LeaderSearch.WhoLeads;
import dev.synod.actors.message.NodeMessage;
import dev.synod.actors.message.ReplicaMessage;
import dev.synod.core.GroupId;
import java.util.Optional;
import org.apache.pekko.actor.testkit.typed.javadsl.TestInbox;
import org.apache.pekko.actor.typed.ActorRef;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Clients that seek a leader")
class LeaderSeekersTest {

  private static final GroupId GROUP = new GroupId("counter");

  private final TestInbox<Leads> first = TestInbox.create("first");
  private final TestInbox<Leads> second = TestInbox.create("second");
  private final ActorRef<ReplicaMessage> leader = TestInbox.<ReplicaMessage>create().getRef();
  private final LeaderSeekers seekers = new LeaderSeekers(GROUP, 9, new Directly());

  private void ask(TestInbox<Leads> client, long epoch) {
    seekers.add(new WhoLeads(GROUP, 9, epoch, client.getRef()));
  }

  private void leads(long epoch) {
    seekers.look(epoch, () -> Optional.of(leader));
  }

  @Test
  @DisplayName("hear of it once")
  void hearOnce() {
    ask(first, -1);
    ask(first, -1);

    leads(0);
    leads(1);

    first.expectMessage(new Leads(GROUP, 9, 0, leader));
    assertThat(first.hasMessages()).isFalse();
  }

  @Test
  @DisplayName("wait for one that is newer than theirs")
  void waitForNews() {
    ask(first, 4);
    ask(second, 5);

    leads(4);
    assertThat(first.hasMessages()).isFalse();
    leads(5);

    first.expectMessage(new Leads(GROUP, 9, 5, leader));
    assertThat(second.hasMessages()).isFalse();
    leads(6);
    second.expectMessage(new Leads(GROUP, 9, 6, leader));
  }

  @Test
  @DisplayName("wait while nobody leads")
  void waitForAnyone() {
    ask(first, -1);

    seekers.look(7, Optional::empty);

    assertThat(first.hasMessages()).isFalse();
    leads(7);
    first.expectMessage(new Leads(GROUP, 9, 7, leader));
  }

  @Test
  @DisplayName("that know of another incarnation hear of any leader in this one")
  void anotherIncarnation() {
    seekers.add(new WhoLeads(GROUP, 8, 70, first.getRef()));

    leads(1);

    first.expectMessage(new Leads(GROUP, 9, 1, leader));
  }

  @Test
  @DisplayName("that ask about another group are not heard")
  void otherGroups() {
    seekers.add(new WhoLeads(new GroupId("another"), 9, -1, first.getRef()));

    leads(1);

    assertThat(first.hasMessages()).isFalse();
  }

  @Test
  @DisplayName("are displaced, the first one first, when they are too many")
  void displaced() {
    ask(first, -1);
    ask(second, -1);
    for (int i = 0; i < LeaderSeekers.SEEKERS_MAX - 1; i++) {
      ask(TestInbox.create("client-" + i), -1);
    }

    leads(1);

    assertThat(first.hasMessages()).isFalse();
    assertThat(second.hasMessages()).isTrue();
  }

  /** Within one actor system. */
  private static final class Directly implements Peers {

    @Override
    public ActorRef<NodeMessage> node(String address) {
      throw new UnsupportedOperationException(address);
    }

    @Override
    public <M> void tell(ActorRef<? super M> to, M message) {
      to.tell(message);
    }
  }
}
