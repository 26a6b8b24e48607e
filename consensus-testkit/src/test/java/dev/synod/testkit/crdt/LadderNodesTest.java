package dev.synod.testkit.crdt;

import static dev.synod.crdt.ladder.ConsistencyMode.BOUNDED;
import static dev.synod.crdt.ladder.ConsistencyMode.CAUSAL;
import static dev.synod.crdt.ladder.ConsistencyMode.EVENTUAL;
import static dev.synod.crdt.ladder.ConsistencyMode.LINEARIZABLE;
import static dev.synod.testkit.crdt.Looks.done;
import static org.assertj.core.api.Assertions.assertThat;

import dev.synod.actors.Members;
import dev.synod.crdt.CausalToken;
import dev.synod.crdt.ladder.ConsistencyMode;
import dev.synod.crdt.ladder.LadderEntity;
import dev.synod.crdt.ladder.LadderOutcome;
import dev.synod.crdt.ladder.LadderRead;
import dev.synod.crdt.ladder.protocol.Reason;
import dev.synod.crdt.lattice.Lattice;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("process")
@DisplayName("A ladder on three actor systems")
class LadderNodesTest {

  @TempDir Path directory;

  private final List<LadderNode> nodes = new ArrayList<>();
  private final Members members = LadderNode.three();

  @BeforeEach
  void start() {
    members.nodes().forEach(node -> nodes.add(LadderNode.start(node, members, directory)));
    nodes.forEach(node -> done(node.ladder().started()));
  }

  @AfterEach
  void terminate() {
    nodes.forEach(node -> node.system().terminate());
    nodes.forEach(node -> done(node.system().getWhenTerminated()));
  }

  @Test
  @DisplayName("keeps every change of a counter on its way up and down")
  void upAndDown() {
    var likes = nodes.stream().map(LadderNode::likes).toList();
    for (var each : likes) {
      assertDone(each.update(1L), EVENTUAL);
    }
    allMove(likes, CAUSAL);
    var token = assertDone(likes.get(0).update(10L), CAUSAL);
    var seen = found(likes.get(2).read(token), CAUSAL);
    assertThat(seen.value().value()).isGreaterThanOrEqualTo(11); // its own and what it follows

    allMove(likes, LINEARIZABLE);
    assertThat(found(likes.get(1).read(), LINEARIZABLE).value().value()).isEqualTo(13);
    assertDone(likes.get(1).update(100L), LINEARIZABLE);
    assertThat(found(likes.get(2).read(), LINEARIZABLE).value().value()).isEqualTo(113);

    allMove(likes, CAUSAL);
    for (var each : likes) {
      assertThat(found(each.read(), CAUSAL).value().value()).isEqualTo(113);
    }
    var last = assertDone(likes.get(2).update(1000L), CAUSAL);
    assertThat(found(likes.get(0).read(last), CAUSAL).value().value()).isEqualTo(1113);
    assertThat(done(likes.get(0).moveTo(BOUNDED)))
        .isInstanceOfSatisfying(
            LadderOutcome.Rejected.class,
            refusal -> assertThat(refusal.reason()).isEqualTo(Reason.NOT_ALLOWED));
  }

  @Test
  @DisplayName("sells what there is and no more, in all modes")
  void sells() {
    var stock = nodes.stream().map(LadderNode::stock).toList();
    assertDone(stock.get(0).update(10L), EVENTUAL);
    assertRejected(stock.get(1).update(-1L), Reason.NO_RIGHTS);

    allMove(stock, BOUNDED);
    assertDone(stock.get(1).update(-3L), BOUNDED); // rights come from the group
    assertDone(stock.get(2).update(-2L), BOUNDED);
    assertDone(stock.get(0).update(5L), BOUNDED);
    assertRejected(stock.get(2).update(-16L), Reason.NO_RIGHTS);
    assertDone(stock.get(0).giveBack(5), BOUNDED);
    assertRejected(stock.get(0).giveBack(50), Reason.NO_RIGHTS);

    allMove(stock, LINEARIZABLE);
    assertThat(found(stock.get(0).read(), LINEARIZABLE).value().value()).isEqualTo(10);
    assertDone(stock.get(2).update(-9L), LINEARIZABLE);
    assertRejected(stock.get(1).update(-2L), Reason.NO_RIGHTS);
    assertDone(stock.get(1).update(-1L), LINEARIZABLE);

    allMove(stock, EVENTUAL);
    for (var each : stock) {
      assertThat(found(each.read(), EVENTUAL).value().value()).isZero();
      assertRejected(each.update(-1L), Reason.NO_RIGHTS);
    }
  }

  @Test
  @DisplayName("waits for a node that is gone, until that is evicted")
  void waitsForANode() {
    var likes = nodes.get(0).likes();
    assertDone(likes.update(1L), EVENTUAL);
    var gone = nodes.remove(2);
    var address = gone.system().address().toString();
    gone.system().terminate();
    done(gone.system().getWhenTerminated());

    var move = done(likes.moveTo(LINEARIZABLE));
    assertThat(move).isInstanceOf(LadderOutcome.Unknown.class);
    Looks.until(likes::status, it -> it.waitingFor().equals(Set.of(address)));
    assertRejected(likes.update(1L), Reason.MOVING);
    assertDone(Looks.moved(likes, EVENTUAL), EVENTUAL); // taken back
    assertDone(likes.update(1L), EVENTUAL);

    done(nodes.get(0).ladder().evict(address));
    assertDone(Looks.moved(likes, LINEARIZABLE), LINEARIZABLE);
    assertThat(found(nodes.get(1).likes().read(), LINEARIZABLE).value().value()).isEqualTo(2);
  }

  /** The first one moves it; it is a move to where it is for the others, done once they know. */
  private static <T extends Lattice<T>> void allMove(
      List<LadderEntity<T, Long>> entities, ConsistencyMode mode) {
    entities.forEach(each -> assertDone(Looks.moved(each, mode), mode));
  }

  private static CausalToken assertDone(
      CompletionStage<LadderOutcome> outcome, ConsistencyMode mode) {
    return assertDone(done(outcome), mode);
  }

  private static CausalToken assertDone(LadderOutcome done, ConsistencyMode mode) {
    assertThat(done).isInstanceOf(LadderOutcome.Done.class);
    assertThat(((LadderOutcome.Done) done).mode()).isEqualTo(mode);
    return ((LadderOutcome.Done) done).token();
  }

  private static void assertRejected(CompletionStage<LadderOutcome> outcome, Reason reason) {
    assertThat(done(outcome))
        .isInstanceOfSatisfying(
            LadderOutcome.Rejected.class,
            refusal -> assertThat(refusal.reason()).isEqualTo(reason));
  }

  private static <T> LadderRead.Found<T> found(
      CompletionStage<LadderRead<T>> read, ConsistencyMode mode) {
    var done = done(read);
    assertThat(done).isInstanceOf(LadderRead.Found.class);
    var found = (LadderRead.Found<T>) done;
    assertThat(found.mode()).isEqualTo(mode);
    return found;
  }
}
