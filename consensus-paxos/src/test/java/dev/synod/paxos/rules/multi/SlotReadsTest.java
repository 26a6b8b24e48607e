package dev.synod.paxos.rules.multi;

import static org.assertj.core.api.Assertions.assertThat;

import dev.synod.core.StoreId;
import dev.synod.paxos.protocol.Ballot;
import dev.synod.paxos.protocol.multi.SlotMessage.Lead;
import dev.synod.paxos.protocol.multi.SlotMessage.LeadReply;
import dev.synod.paxos.protocol.multi.SlotMessage.Prepare;
import dev.synod.paxos.protocol.multi.SlotMessage.ReadSlotReply;
import dev.synod.paxos.protocol.multi.SlotMessage.RequestReadSlot;
import dev.synod.paxos.rules.Quorums;
import dev.synod.paxos.rules.multi.SlotEffect.ConfirmRead;
import dev.synod.paxos.rules.multi.SlotEffect.Send;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A read that needs no slot")
class SlotReadsTest {

  private static final StoreId S1 = StoreId.of(1);
  private static final StoreId S2 = StoreId.of(2);
  private static final StoreId S3 = StoreId.of(3);
  private static final Ballot LOW = new Ballot(1, S1);
  private static final Ballot HIGH = new Ballot(7, S3);
  private static final Quorums MAJORITY = Quorums.majorities(SlotWorld.ids(3));
  private static final int CHOSEN = 5;

  private static ProposerState state(StoreId self, Quorums quorums) {
    return new ProposerState(self, SlotGroups.of(quorums, CHOSEN), SlotReplica.LIMITS, LOW, CHOSEN);
  }

  private static Leading leading(Quorums quorums) {
    var state = state(S1, quorums);
    return new Leading(
        state,
        LOW,
        4,
        new Pipeline(CHOSEN + 1, List.of(), List.of()),
        0,
        Contacts.NONE,
        Reads.NONE,
        Tenure.begun(state.regime(), CHOSEN));
  }

  private static SlotStep<SlotProposer> answers(SlotProposer asked, StoreId from, long round) {
    return asked.receive(new LeadReply(from, LOW, round, CHOSEN));
  }

  private static SlotAcceptor hearing() {
    return SlotAcceptor.recovered(
        S2, LOW, 0, new SlotDisk(), SlotGroups.of(MAJORITY), SlotReplica.AHEAD_MAX);
  }

  @Test
  @DisplayName("waits for the proposer's own acceptor, too, which may have promised another")
  void readsAskItself() {
    var asked = leading(Quorums.of(SlotWorld.ids(4), 3, 2)).read(9).after();

    var once = answers(asked, S2, 1);
    assertThat(once.effects()).isEmpty();
    var twice = answers(once.after(), S1, 1);
    assertThat(twice.effects()).containsExactly(new ConfirmRead(9, CHOSEN));
  }

  @Test
  @DisplayName("at another replica is one question to the proposer, and answered after a quorum")
  void elsewhere() {
    var asks = new Following(state(S2, MAJORITY), Optional.of(S1)).read(30).effects();
    var request = new RequestReadSlot(S2, 30);
    assertThat(asks).containsExactly(new Send(S1, request));

    var asked = leading(MAJORITY).receive(request).after();
    var once = answers(asked, S1, 1);
    assertThat(once.effects()).isEmpty();
    var reply = new ReadSlotReply(S1, 30, CHOSEN);
    assertThat(answers(once.after(), S3, 1).effects()).containsExactly(new Send(S2, reply));

    assertThat(new Following(state(S2, MAJORITY), Optional.of(S1)).receive(reply).effects())
        .containsExactly(new ConfirmRead(30, CHOSEN));
  }

  @Test
  @DisplayName("is answered by nobody who does not propose, and for nobody who has no vote")
  void strangers() {
    var follower = new Following(state(S2, MAJORITY), Optional.empty());
    assertThat(follower.read(30).effects()).isEmpty();
    assertThat(follower.receive(new RequestReadSlot(S3, 1)).effects()).isEmpty();
    var stranger = new RequestReadSlot(StoreId.of(9), 1);
    assertThat(leading(MAJORITY).receive(stranger).effects()).isEmpty();
  }

  @Test
  @DisplayName("of another replica takes the place of the one before, so few wait")
  void oneOfEach() {
    SlotProposer asked = leading(MAJORITY);
    for (long read = 1; read <= 100; read++) {
      asked = asked.receive(new RequestReadSlot(S2, read)).after();
    }

    assertThat(((Leading) asked).reads().waiting()).hasSize(1);
    assertThat(answers(answers(asked, S1, 100).after(), S2, 100).effects())
        .containsExactly(new Send(S2, new ReadSlotReply(S1, 100, CHOSEN)));
  }

  @Test
  @DisplayName("by lease asks nobody while a quorum has answered a round that went out of late")
  void lease() {
    var beaten = leading(MAJORITY).heartbeatDue().after();
    var answered = (Leading) answers(answers(beaten, S1, 1).after(), S2, 1).after();

    assertThat(answered.readByLease(9, 1).effects()).containsExactly(new ConfirmRead(9, CHOSEN));
    assertThat(answered.readByLease(9, 2).effects())
        .as("that round went out too long ago")
        .hasSize(3)
        .allMatch(effect -> effect instanceof Send send && send.message() instanceof Lead);
  }

  @Test
  @DisplayName("by lease is safe: who answers a proposer promises nothing new for a while")
  void leaseIsKept() {
    var answered = hearing().proposerSilent().receive(new Lead(S1, LOW, 1, 0)).after();

    assertThat(answered.receive(new Prepare(S3, HIGH, 1)).after().promised()).isEqualTo(LOW);
    assertThat(answered.proposerSilent().receive(new Prepare(S3, HIGH, 1)).after().promised())
        .isEqualTo(HIGH);
    assertThat(hearing().receive(new Prepare(S3, HIGH, 1)).after().promised())
        .as("it may have answered just before its restart")
        .isEqualTo(LOW);
  }
}
