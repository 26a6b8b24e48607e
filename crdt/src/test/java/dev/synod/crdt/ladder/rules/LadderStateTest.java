package dev.synod.crdt.ladder.rules;

import static org.assertj.core.api.Assertions.assertThat;

import dev.synod.core.Bytes;
import dev.synod.crdt.AddWinsSet;
import dev.synod.crdt.BoundedCounter;
import dev.synod.crdt.CausalToken;
import dev.synod.crdt.clock.ReplicaId;
import dev.synod.crdt.clock.VersionVector;
import dev.synod.crdt.ladder.ConsistencyMode;
import dev.synod.crdt.ladder.protocol.LadderCommand;
import dev.synod.crdt.ladder.protocol.LadderCommand.Evict;
import dev.synod.crdt.ladder.protocol.LadderCommand.Grant;
import dev.synod.crdt.ladder.protocol.LadderCommand.Hello;
import dev.synod.crdt.ladder.protocol.LadderCommand.Joined;
import dev.synod.crdt.ladder.protocol.LadderCommand.Look;
import dev.synod.crdt.ladder.protocol.LadderCommand.Move;
import dev.synod.crdt.ladder.protocol.LadderCommand.Operate;
import dev.synod.crdt.ladder.protocol.LadderReply;
import dev.synod.crdt.ladder.protocol.LadderReply.Granted;
import dev.synod.crdt.ladder.protocol.LadderReply.Operated;
import dev.synod.crdt.ladder.protocol.LadderReply.Refused;
import dev.synod.crdt.ladder.protocol.LadderReply.Seen;
import dev.synod.crdt.ladder.protocol.Reason;
import dev.synod.crdt.ladder.rules.Kind.Change;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A ladder's group")
class LadderStateTest {

  private static final ReplicaId A = new ReplicaId(1);
  private static final ReplicaId B = new ReplicaId(2);
  private static final String SET = "set/x";
  private static final String STOCK = "stock/x";

  private LadderState state = LadderState.of(new LadderFamilies(List.of(Kind.SETS, Kind.STOCK)));
  private long index;

  private LadderReply apply(LadderCommand command) {
    var applied = state.apply(command, ++index);
    state = applied.after();
    return applied.reply();
  }

  private void twoMembers() {
    apply(new Hello("a", A));
    apply(new Hello("b", B));
  }

  private long fence(String key) {
    return state.rungs().of(key).fence();
  }

  private static Bytes set(ReplicaId by, String element) {
    var set = AddWinsSet.<String>empty();
    return Kind.SETS.values().codec().encode(set.merge(set.add(by, element)));
  }

  private static Bytes stock(BoundedCounter counter) {
    return Kind.STOCK.values().codec().encode(counter);
  }

  private LadderReply add(String element) {
    return apply(new Operate(SET, new Change(element, true), CausalToken.NONE));
  }

  @Test
  @DisplayName("waits for a node no more once its replica says hello that has handed in its value")
  void lateHello() {
    var next = new ReplicaId(7);
    twoMembers();
    apply(new Hello("a", next));
    apply(new Move(STOCK, ConsistencyMode.BOUNDED));
    var counter = BoundedCounter.atLeast(-3);
    apply(new Joined(STOCK, fence(STOCK), "a", next, stock(counter.increment(next, 4))));
    apply(new Hello("a", A)); // of the replica before
    apply(new Joined(STOCK, fence(STOCK), "b", B, stock(counter)));
    assertThat(state.rungs().of(STOCK).waiting()).containsExactly("a");

    apply(new Hello("a", next));

    assertThat(state.rungs().of(STOCK).isIn(ConsistencyMode.BOUNDED)).isTrue();
    assertThat(state.rungs().of(STOCK).published()).isEqualTo(index);
    assertThat(Kind.value(state, Kind.STOCK, STOCK).rightsOf(LadderState.GROUP)).isEqualTo(4);
  }

  private static void isRefused(LadderReply reply, Reason reason) {
    assertThat(reply)
        .isInstanceOfSatisfying(
            Refused.class, refused -> assertThat(refused.reason()).isEqualTo(reason));
  }

  @Test
  @DisplayName("serves when all members have joined, with all that they had, and not before")
  void serves() {
    twoMembers();
    isRefused(add("e0"), Reason.MOVING);
    apply(new Move(SET, ConsistencyMode.LINEARIZABLE));
    apply(new Joined(SET, fence(SET), "a", A, set(A, "a1")));
    isRefused(add("e1"), Reason.MOVING);
    apply(new Joined(SET, fence(SET), "a", A, set(A, "a1"))); // once more
    isRefused(add("e1"), Reason.MOVING);

    apply(new Joined(SET, fence(SET), "b", B, set(B, "b1")));

    assertThat(add("e1")).isInstanceOf(Operated.class);
    assertThat(Kind.value(state, Kind.SETS, SET).elements())
        .containsExactlyInAnyOrder("a1", "b1", "e1");
  }

  @Test
  @DisplayName("does not count what was handed in for another fence, or before a start")
  void countsOnce() {
    twoMembers();
    apply(new Move(SET, ConsistencyMode.LINEARIZABLE));
    long first = fence(SET);
    apply(new Move(SET, ConsistencyMode.EVENTUAL));
    apply(new Move(SET, ConsistencyMode.LINEARIZABLE));

    isRefused(apply(new Joined(SET, first, "a", A, set(A, "a1"))), Reason.MOVING);
    apply(new Hello("a", new ReplicaId(3)));
    apply(new Joined(SET, fence(SET), "a", A, set(A, "a1")));
    apply(new Joined(SET, fence(SET), "b", B, set(B, "b1")));

    assertThat(state.rungs().of(SET).waiting()).containsExactly("a");
    assertThat(Kind.value(state, Kind.SETS, SET).elements()).contains("a1");
  }

  @Test
  @DisplayName("waits for nobody who was evicted, and takes what such a one hands in late")
  void late() {
    twoMembers();
    apply(new Move(SET, ConsistencyMode.LINEARIZABLE));
    apply(new Joined(SET, fence(SET), "a", A, set(A, "a1")));
    apply(new Evict("b"));
    assertThat(add("e1")).isInstanceOf(Operated.class);

    apply(new Hello("b", B));
    apply(new Joined(SET, fence(SET), "b", B, set(B, "b1")));

    assertThat(Kind.value(state, Kind.SETS, SET).elements())
        .containsExactlyInAnyOrder("a1", "b1", "e1");
    assertThat(add("e2")).isInstanceOf(Operated.class);
  }

  @Test
  @DisplayName("gives rights once for a question that is asked again")
  void grantsOnce() {
    bounded(10);
    var question = new Grant(STOCK, B, 0, 3);

    var first = (Granted) apply(question);
    var pool = Kind.value(state, Kind.STOCK, STOCK).rightsOf(LadderState.GROUP);
    assertThat(apply(question)).isEqualTo(first);

    assertThat(Kind.value(state, Kind.STOCK, STOCK).rightsOf(LadderState.GROUP)).isEqualTo(pool);
    assertThat(Kind.value(state, Kind.STOCK, STOCK).rightsOf(B)).isEqualTo(10 - pool);
    isRefused(apply(new Grant(STOCK, B, 10 - pool, pool + 1)), Reason.NO_RIGHTS);
    isRefused(apply(new Grant(STOCK, new ReplicaId(9), 0, 1)), Reason.STARTING);
  }

  /** A counter with so many rights, all of which the group has. */
  private void bounded(long rights) {
    twoMembers();
    apply(new Move(STOCK, ConsistencyMode.BOUNDED));
    var empty = Kind.STOCK.values().empty();
    apply(new Joined(STOCK, fence(STOCK), "a", A, stock(empty.merge(empty.increment(A, rights)))));
    apply(new Joined(STOCK, fence(STOCK), "b", B, stock(empty)));
    assertThat(Kind.value(state, Kind.STOCK, STOCK).rightsOf(LadderState.GROUP)).isEqualTo(rights);
  }

  @Test
  @DisplayName("refuses what makes no sense, and changes nothing")
  void refuses() {
    twoMembers();
    isRefused(apply(new Move(SET, ConsistencyMode.BOUNDED)), Reason.NOT_ALLOWED);
    isRefused(apply(new Move("other/x", ConsistencyMode.CAUSAL)), Reason.NOT_ALLOWED);
    apply(new Move(STOCK, ConsistencyMode.LINEARIZABLE));
    isRefused(apply(new Move(STOCK, ConsistencyMode.BOUNDED)), Reason.MOVING);
    var empty = Kind.STOCK.values().empty();
    apply(new Joined(STOCK, fence(STOCK), "a", A, stock(empty)));
    apply(new Joined(STOCK, fence(STOCK), "b", B, stock(empty)));
    isRefused(apply(new Operate(STOCK, "no number", CausalToken.NONE)), Reason.NOT_ALLOWED);
    isRefused(apply(new Operate(STOCK, 0L, CausalToken.NONE)), Reason.NOT_ALLOWED);
    isRefused(apply(new Operate(STOCK, -1L, CausalToken.NONE)), Reason.NO_RIGHTS);
    assertThat(state.holdings().get(SET)).isNull();
  }

  @Test
  @DisplayName("says what callers of its operations had seen, to those who come after")
  void tokens() {
    late();
    var seen = new CausalToken(VersionVector.of(A, 5));

    apply(new Operate(SET, new Change("e3", true), seen));

    assertThat(((Operated) add("e4")).token()).isEqualTo(seen);
    assertThat(((Seen) state.query(new Look(SET))).token()).isEqualTo(seen);
  }

  @Test
  @DisplayName("is the same after a snapshot")
  void snapshot() {
    tokens();

    var restored =
        LadderState.of(new LadderFamilies(List.of(Kind.SETS, Kind.STOCK))).restored(state.rows());

    assertThat(restored.rows()).isEqualTo(state.rows());
    assertThat(restored.rungs()).isEqualTo(state.rungs());
    assertThat(Kind.value(restored, Kind.SETS, SET)).isEqualTo(Kind.value(state, Kind.SETS, SET));
  }
}
