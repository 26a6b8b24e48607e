package dev.synod.paxos.rules.multi;

import static org.assertj.core.api.Assertions.assertThat;

import dev.synod.core.Bytes;
import dev.synod.core.ChangeRequest;
import dev.synod.core.Configuration;
import dev.synod.core.ConfigurationSteps;
import dev.synod.core.Entry;
import dev.synod.core.EntryKind;
import dev.synod.core.MembershipChange;
import dev.synod.core.MembershipChange.AddVoter;
import dev.synod.core.MembershipChange.Remove;
import dev.synod.core.StoreId;
import dev.synod.paxos.protocol.Ballot;
import dev.synod.paxos.protocol.multi.SlotMessage.Accept;
import dev.synod.paxos.protocol.multi.SlotMessage.Accepted;
import dev.synod.paxos.protocol.multi.SlotMessage.LeadReply;
import dev.synod.paxos.protocol.multi.SlotMessage.Prepare;
import dev.synod.paxos.rules.Quorums;
import dev.synod.paxos.rules.multi.SlotEffect.ConfirmRead;
import dev.synod.paxos.rules.multi.SlotEffect.Send;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A configuration chosen in slot i governs from i + alpha (Lamport 2001, §3)")
class ReconfigurationTest {

  private static final int ALPHA = SlotGroups.ALPHA;

  private final SlotWorld world = new SlotWorld(1, 5, Quorums.majorities(SlotWorld.ids(3)));
  private final SlotReplica one = world.replicas().get(0);
  private final SlotReplica two = world.replicas().get(1);
  private final SlotReplica three = world.replicas().get(2);
  private final SlotReplica four = world.replicas().get(3);

  @BeforeEach
  void oneLeads() {
    leads(one);
  }

  private void leads(SlotReplica replica) {
    world.replicas().forEach(each -> each.acceptor = each.acceptor.proposerSilent());
    replica.propose(replica.proposer.electionTimeout());
    world.settle();
    assertThat(replica.leads()).isTrue();
  }

  private static ChangeRequest request(long expected, MembershipChange... changes) {
    return new ChangeRequest(
        new UUID(7, expected),
        expected,
        List.of(changes),
        SlotGroups.members(Stream.of(changes).map(MembershipChange::store).toList()));
  }

  private void change(SlotReplica leader, long expected, MembershipChange... changes) {
    var leading = leader.leading().orElseThrow();
    assertThat(leading.objectionTo(request(expected, changes))).isEmpty();
    leader.propose(leading.change(request(expected, changes)));
  }

  /** So many heartbeats go out, and all that comes of each. */
  private void beats(int count) {
    for (int i = 0; i < count; i++) {
      world.replicas().forEach(world::beat);
      world.settle();
    }
  }

  private static Configuration newest(SlotReplica replica) {
    return replica.regimes().latest().configuration();
  }

  private static List<StoreId> voters(SlotReplica replica) {
    return newest(replica).membership().voters();
  }

  @Test
  @DisplayName("no slot is proposed of which it is not known what governs it")
  void knowsRegime() {
    var leading = one.leading().orElseThrow();
    var payloads = new SlotProposal(EntryKind.COMMAND, Bytes.utf8("v"));
    for (int i = 0; i < 2 * ALPHA && leading.room() > 0; i++) {
      one.propose(leading.propose(List.of(payloads)));
      leading = one.leading().orElseThrow();
    }
    assertThat(leading.next() - 1 - leading.state().regimes().known())
        .isEqualTo(Math.min(ALPHA, SlotReplica.LIMITS.window()));
  }

  @Test
  @DisplayName("whoever is new learns first, and then votes; who leads fills the slots between")
  void letsIn() {
    change(one, 1, new AddVoter(four.self));
    world.settle();
    assertThat(newest(one).membership().learners()).containsExactly(four.self);
    long chosenIn = placeOfNewest(one);
    assertThat(one.applied()).hasSizeGreaterThanOrEqualTo((int) (chosenIn + ALPHA - 1));
    assertThat(one.applied().subList((int) chosenIn, (int) (chosenIn + ALPHA - 1)))
        .extracting(Entry::kind)
        .containsOnly(EntryKind.NO_OP);

    beats(4);

    assertThat(voters(one)).contains(four.self).hasSize(4);
    assertThat(four.applied()).isEqualTo(one.applied());
    assertThat(one.leading().orElseThrow().isChangeDone()).isTrue();
  }

  private static long placeOfNewest(SlotReplica replica) {
    return replica.applied().stream()
        .filter(entry -> entry.kind() == EntryKind.CONFIGURATION)
        .mapToLong(Entry::index)
        .max()
        .orElseThrow();
  }

  @Test
  @DisplayName("each regime is led with a ballot of its own, which its members have promised")
  void preparesAnew() {
    change(one, 1, new AddVoter(four.self));
    world.settle();
    beats(4);
    var prepares = world.sent(Prepare.class);
    var last = prepares.get(prepares.size() - 1);
    assertThat(last.firstSlot()).isEqualTo(placeOfNewest(one) + ALPHA);
    assertThat(four.acceptor.promised()).isEqualTo(last.ballot());
    assertThat(
            world.sent(Accept.class).stream()
                .filter(accept -> accept.ballot().equals(last.ballot())))
        .allMatch(accept -> accept.firstSlot() >= placeOfNewest(one) + ALPHA);
  }

  @Test
  @DisplayName("who leads and is left out leads to the end of its regime; then the others go on")
  void leaves() {
    change(one, 1, new Remove(one.self));
    world.settle();
    beats(2);

    assertThat(one.leads()).isFalse();
    assertThat(voters(one)).containsExactly(two.self, three.self);

    leads(two);
    assertThat(two.applied().subList(0, one.applied().size())).isEqualTo(one.applied());
  }

  @Test
  @DisplayName("reads wait while another proposer may lead the next regime already")
  void readsWait() {
    var leading = one.leading().orElseThrow();
    long slot = leading.next();
    var request = request(1, new AddVoter(four.self));
    var regimes = leading.state().regimes();
    var first = ConfigurationSteps.first(regimes.latest().configuration(), request);
    var closing = leading.change(request).after();
    for (SlotReplica replica : List.of(one, two)) {
      var vote = new Accepted(replica.self, leading.ballot(), slot, slot, slot - 1);
      closing = closing.receive(vote).after();
    }
    closing = closing.governed(regimes.chosen(slot, first).knownUpTo(slot)).after();

    var asked = (Leading) closing.read(99).after();

    assertThat(asked.next()).isEqualTo(slot + ALPHA);
    for (SlotReplica replica : List.of(one, two, three)) {
      var reply = new LeadReply(replica.self, asked.ballot(), asked.reads().round(), slot);
      assertThat(asked.receive(reply).effects()).noneMatch(ConfirmRead.class::isInstance);
      asked = (Leading) asked.receive(reply).after();
    }
  }

  @Test
  @DisplayName("one change at a time, each for the configuration that was seen")
  void oneAtATime() {
    change(one, 1, new AddVoter(four.self));
    var leading = one.leading().orElseThrow();
    assertThat(leading.objectionTo(request(1, new Remove(two.self))))
        .hasValueSatisfying(objection -> assertThat(objection.passes()).isTrue());
    world.settle();
    beats(4);
    leading = one.leading().orElseThrow();
    assertThat(leading.objectionTo(request(1, new Remove(two.self))))
        .hasValueSatisfying(objection -> assertThat(objection.passes()).isFalse());
    assertThat(leading.objectionTo(request(newest(one).version(), new Remove(two.self)))).isEmpty();
  }

  @Test
  @DisplayName("none before all has been applied that it knew to be chosen when it began")
  void hearsAllFirst() {
    var regimes = SlotGroups.of(Quorums.majorities(SlotWorld.ids(3)), 3);
    var ballot = new Ballot(9, one.self);
    var state = new ProposerState(one.self, regimes, SlotReplica.LIMITS, ballot, 5);
    var leading =
        new Leading(
            state,
            ballot,
            5,
            new Pipeline(6, List.of(), List.of()),
            0,
            Contacts.NONE,
            Reads.NONE,
            Tenure.begun(state.regime(), 5));

    assertThat(leading.objectionTo(request(1, new AddVoter(four.self))))
        .hasValueSatisfying(objection -> assertThat(objection.passes()).isTrue());
    var knowing = (Leading) leading.governed(regimes.knownUpTo(5)).after();
    assertThat(knowing.objectionTo(request(1, new AddVoter(four.self)))).isEmpty();
  }

  @Test
  @DisplayName("a change is done once a quorum of the new members has on disk that it is")
  void settles() {
    change(one, 1, new AddVoter(four.self), new Remove(two.self));
    world.settle();
    beats(1);
    beats(1);
    assertThat(newest(one).isChanging()).isFalse();
    boolean isDone = one.leading().map(Leading::isChangeDone).orElse(false);
    for (int i = 0; i < 3 && !isDone; i++) {
      beats(1);
      isDone = one.leading().map(Leading::isChangeDone).orElse(false);
    }
    assertThat(isDone).isTrue();
    var knowing =
        Stream.of(one, three, four)
            .filter(each -> each.disk.chosen() >= placeOfNewest(one) + ALPHA - 1)
            .count();
    assertThat(knowing).as("have it on disk").isGreaterThanOrEqualTo(2);
  }

  @Test
  @DisplayName("who would propose in a regime that is over is not let")
  void obsolete() {
    three.crash();
    change(one, 1, new Remove(three.self));
    world.settle();
    beats(3);
    int prepares = world.sent(Prepare.class).size();
    three.restart();
    world.replicas().forEach(each -> each.acceptor = each.acceptor.proposerSilent());
    three.propose(three.proposer.electionTimeout());
    world.settleMessages();

    assertThat(world.sent(Prepare.class)).hasSize(prepares);
  }

  @Test
  @DisplayName("who hears what governs slots after a snapshot of later ones leads no more")
  void laterSnapshot() {
    var leading = one.leading().orElseThrow();
    long slot = leading.next() + 5L * ALPHA;
    var later = leading.state().regimes().restored(slot, newest(one));

    var step = leading.governed(later);

    assertThat(step.effects()).noneMatch(Send.class::isInstance);
    assertThat(step.after().isInOffice()).isFalse();
    assertThat(step.after().state().chosen()).isEqualTo(slot);
  }
}
