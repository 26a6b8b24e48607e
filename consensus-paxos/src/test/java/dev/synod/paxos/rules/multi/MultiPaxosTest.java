package dev.synod.paxos.rules.multi;

import static org.assertj.core.api.Assertions.assertThat;

import dev.synod.core.Bytes;
import dev.synod.core.Entry;
import dev.synod.core.EntryKind;
import dev.synod.core.StoreId;
import dev.synod.core.Term;
import dev.synod.paxos.protocol.Ballot;
import dev.synod.paxos.protocol.multi.SlotMessage;
import dev.synod.paxos.protocol.multi.SlotMessage.Accept;
import dev.synod.paxos.protocol.multi.SlotMessage.Accepted;
import dev.synod.paxos.protocol.multi.SlotMessage.Lead;
import dev.synod.paxos.protocol.multi.SlotMessage.Learned;
import dev.synod.paxos.protocol.multi.SlotMessage.Prepare;
import dev.synod.paxos.protocol.multi.SlotMessage.Promise;
import dev.synod.paxos.rules.Quorums;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A log of decisions (Lamport 2001, §3)")
class MultiPaxosTest {

  private static final StoreId S1 = StoreId.of(1);
  private static final StoreId S3 = StoreId.of(3);
  private static final Ballot LOW = new Ballot(1, S1);
  private static final Ballot HIGH = new Ballot(7, S3);

  private final SlotWorld world = new SlotWorld(1, 3, Quorums.majorities(SlotWorld.ids(3)));
  private final SlotReplica one = world.replicas().get(0);
  private final SlotReplica two = world.replicas().get(1);
  private final SlotReplica three = world.replicas().get(2);

  private static Entry entry(long slot) {
    return new Entry(slot, new Term(65), EntryKind.COMMAND, Bytes.utf8("v" + slot));
  }

  private static List<Entry> entries(long... slots) {
    return LongStream.of(slots).mapToObj(MultiPaxosTest::entry).toList();
  }

  /** That replica's acceptor is asked, one message a slot, and nobody hears what it answers. */
  private void votes(SlotReplica replica, long... slots) {
    for (Entry entry : entries(slots)) {
      world.tell(replica, new Accept(S1, LOW, List.of(entry), 0));
    }
    replica.durable(100);
    world.loseAll();
  }

  private void leads(SlotReplica replica) {
    silent();
    replica.propose(replica.proposer.electionTimeout());
    world.settle();
    assertThat(replica.leads()).isTrue();
  }

  /** No acceptor hears a proposer any more. */
  private void silent() {
    world.replicas().forEach(one -> one.acceptor = one.acceptor.proposerSilent());
  }

  private static List<EntryKind> kinds(SlotReplica replica) {
    return replica.applied().stream().map(Entry::kind).toList();
  }

  @Test
  @DisplayName("a new proposer proposes again what anybody in its quorum has a vote for")
  void adoptsVotes() {
    votes(two, 1, 2, 6);
    votes(three, 1, 2, 3, 4, 5);
    one.crash();

    leads(two);

    assertThat(two.applied()).isEqualTo(entries(1, 2, 3, 4, 5, 6));
  }

  @Test
  @DisplayName("a new proposer fills the holes between them with what does nothing")
  void fillsHoles() {
    votes(two, 1, 2, 6);
    votes(three, 1, 2, 4);
    one.crash();

    leads(two);

    assertThat(kinds(two))
        .containsExactly(
            EntryKind.COMMAND,
            EntryKind.COMMAND,
            EntryKind.NO_OP,
            EntryKind.COMMAND,
            EntryKind.NO_OP,
            EntryKind.COMMAND);
  }

  @Test
  @DisplayName("once phase 1 is behind it, a value needs one request to each, and its answer")
  void oneRoundTrip() {
    leads(one);
    world.loseAll();

    world.command(one);

    assertThat(world.onTheWay(Accept.class)).hasSize(3);
    world.settle();
    assertThat(world.sent(Prepare.class)).as("since it began").hasSize(3);
    assertThat(one.applied()).hasSize(1);
  }

  @Test
  @DisplayName(
      "a proposer's own acceptor has promised, durably, before another hears of the ballot")
  void ownPromiseFirst() {
    silent();
    one.propose(one.proposer.electionTimeout());
    world.settleMessages();

    assertThat(world.sent(Prepare.class)).hasSize(1);
    one.durable(1);
    world.settleMessages();
    assertThat(world.sent(Prepare.class)).hasSize(3);
  }

  @Test
  @DisplayName("slots are chosen in any order, and applied in theirs")
  void anyOrder() {
    leads(one);
    world.command(one);
    world.command(one);
    world.deliver(Accept.class, accept -> accept.firstSlot() == 2);
    world.loseAll();
    assertThat(one.applied()).isEmpty();

    world.beat(one);
    world.beat(one);
    world.settle();

    assertThat(one.applied()).hasSize(2);
  }

  @Test
  @DisplayName("a gap is a slot that it knows nothing of, below one that it knows something of")
  void gaps() {
    votes(two, 2, 5);
    assertThat(two.learner.gaps()).isEqualTo(3);

    two.receive(new Lead(S1, LOW, 1, 6));

    assertThat(two.learner.chosen()).isZero();
    assertThat(two.learner.gaps()).isEqualTo(4);
    assertThat(one.learner.gaps()).isZero();
  }

  @Test
  @DisplayName("two proposers at a time agree all the same")
  void twoProposers() {
    leads(one);
    world.command(one);
    world.loseAll();
    three.acceptor = three.acceptor.proposerSilent();
    two.acceptor = two.acceptor.proposerSilent();
    three.propose(three.proposer.electionTimeout());
    world.settleBetween(two, three);
    assertThat(one.leads()).isTrue();
    assertThat(three.leads()).isTrue();

    world.command(three);
    world.command(one);
    world.heal();

    assertThat(one.applied()).isEqualTo(three.applied());
  }

  @Test
  @DisplayName("a promise leaves out what was learned while it waited for the disk")
  void learnsWhileItPromises() {
    world.tell(two, new Accept(S1, LOW, entries(1, 2), 0));
    two.durable(100);
    world.accepted(one, new Accepted(S1, LOW, 1, 2, 0));
    silent();
    two.receive(new Prepare(S3, HIGH, 1));
    two.receive(new Learned(S1, entries(1, 2)));

    two.durable(100);

    var promise = world.sent(Promise.class).get(0);
    assertThat(promise.chosen()).isEqualTo(2);
    assertThat(promise.votes()).isEmpty();
  }

  private static Leading leading(Quorums quorums, long chosen) {
    var state =
        new ProposerState(S1, SlotGroups.of(quorums, chosen), SlotReplica.LIMITS, LOW, chosen);
    var flight = new Flight(entries(1), List.of(S1), 0);
    return new Leading(
        state,
        LOW,
        0,
        new Pipeline(2, List.of(), List.of(flight)),
        0,
        Contacts.NONE,
        Reads.NONE,
        Tenure.begun(state.regime(), 0));
  }

  private static List<SlotMessage> sent(SlotStep<?> step) {
    return step.effects().stream()
        .filter(SlotEffect.Send.class::isInstance)
        .map(effect -> ((SlotEffect.Send) effect).message())
        .toList();
  }

  @Test
  @DisplayName("what it did not count itself it tells nobody as chosen by its ballot")
  void tellsWhatItCounted() {
    var quorums = Quorums.majorities(SlotWorld.ids(5));

    assertThat(sent(leading(quorums, 1).heartbeatDue()))
        .filteredOn(Lead.class::isInstance)
        .allMatch(message -> ((Lead) message).chosen() == 0);
  }

  @Test
  @DisplayName("a slot of its own that was chosen without it tells it that another one proposes")
  void isDeposedByWhatIsChosen() {
    var step = leading(Quorums.majorities(SlotWorld.ids(5)), 0).chosen(1);

    assertThat(step.after()).isInstanceOf(Following.class);
  }

  @Test
  @DisplayName("votes far beyond what is chosen are not given: the next proposer hears of them all")
  void boundedAhead() {
    long far = SlotReplica.AHEAD_MAX + 1L;

    world.tell(two, new Accept(S1, LOW, entries(far), 0));

    assertThat(two.disk.last()).isZero();
    assertThat(two.acceptor.hearsProposer()).isTrue();
  }
}
