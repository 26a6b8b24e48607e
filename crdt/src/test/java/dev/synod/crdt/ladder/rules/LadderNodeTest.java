package dev.synod.crdt.ladder.rules;

import static org.assertj.core.api.Assertions.assertThat;

import dev.synod.core.Bytes;
import dev.synod.crdt.clock.ReplicaId;
import dev.synod.crdt.ladder.ConsistencyMode;
import dev.synod.crdt.ladder.protocol.LadderCommand.Evict;
import dev.synod.crdt.ladder.protocol.LadderCommand.Hello;
import dev.synod.crdt.ladder.protocol.LadderCommand.Joined;
import dev.synod.crdt.ladder.protocol.LadderCommand.Move;
import dev.synod.crdt.ladder.protocol.Reason;
import dev.synod.crdt.ladder.rules.LadderTask.Join;
import dev.synod.crdt.ladder.rules.LadderTask.Take;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A node on a ladder")
class LadderNodeTest {

  private static final ReplicaId A = new ReplicaId(1);
  private static final String KEY = "set/x";
  private static final Hello HELLO = new Hello("a", A);
  private static final Route EVENTUAL = new Route.Here(ConsistencyMode.EVENTUAL);

  private static LadderNode member() {
    var rungs = Rungs.NONE.after(HELLO, 1);
    return LadderNode.of("a", A).welcomed(HELLO, rungs.toWelcome(), 1);
  }

  private static void isNowhere(Route route, Reason reason) {
    assertThat(route)
        .isInstanceOfSatisfying(
            Route.Nowhere.class, it -> assertThat(it.reason()).isEqualTo(reason));
  }

  @Test
  @DisplayName("does nothing before the group has welcomed it, and all it can afterwards")
  void starts() {
    var node = LadderNode.of("a", A);
    isNowhere(node.update(KEY), Reason.STARTING);
    isNowhere(node.read(KEY), Reason.STARTING);
    assertThat(node.hello()).isEqualTo(HELLO);

    assertThat(member().update(KEY)).isEqualTo(EVENTUAL);
    assertThat(member().read(KEY)).isEqualTo(EVENTUAL);
    assertThat(member().due()).isEmpty();
  }

  @Test
  @DisplayName("stops at a fence, and hands in its value until it has done so")
  void joins() {
    var fenced = member().heard(new Move(KEY, ConsistencyMode.LINEARIZABLE), 2);
    isNowhere(fenced.update(KEY), Reason.MOVING);
    assertThat(fenced.read(KEY)).isEqualTo(new Route.Group());
    assertThat(fenced.due().values()).containsExactly(new Join(KEY, 2));

    var joined = fenced.joined(KEY, 2);
    assertThat(joined.due()).isEmpty();
    isNowhere(joined.update(KEY), Reason.MOVING);
    var served = joined.heard(new Joined(KEY, 2, "a", A, Bytes.EMPTY), 3);
    assertThat(served.update(KEY)).isEqualTo(new Route.Group());
    assertThat(served.hasArrived(KEY, ConsistencyMode.LINEARIZABLE)).isTrue();
  }

  @Test
  @DisplayName("goes on after a move down once the group's value is merged")
  void takes() {
    var served =
        member()
            .heard(new Move(KEY, ConsistencyMode.LINEARIZABLE), 2)
            .heard(new Joined(KEY, 2, "a", A, Bytes.EMPTY), 3);
    var down = served.heard(new Move(KEY, ConsistencyMode.EVENTUAL), 4);
    isNowhere(down.update(KEY), Reason.MOVING);
    isNowhere(down.read(KEY), Reason.MOVING);
    assertThat(down.hasArrived(KEY, ConsistencyMode.EVENTUAL)).isFalse();
    assertThat(down.due().values()).containsExactly(new Take(KEY, 4));

    var taken = down.taken(KEY, 4);
    assertThat(taken.update(KEY)).isEqualTo(EVENTUAL);
    assertThat(taken.due()).isEmpty();
  }

  @Test
  @DisplayName("that was evicted says hello again, and then goes on with what it has heard")
  void evicted() {
    var gone = member().heard(new Evict("a"), 2);
    isNowhere(gone.update(KEY), Reason.STARTING);

    var back = gone.heard(new Move(KEY, ConsistencyMode.CAUSAL), 3).heard(HELLO, 4);
    assertThat(back.update(KEY)).isEqualTo(new Route.Here(ConsistencyMode.CAUSAL));
    assertThat(back.welcomed(HELLO, Rungs.NONE.toWelcome(), 4)).isEqualTo(back); // it knows more
  }

  @Test
  @DisplayName("learns by a welcome what it missed, also that it has to take something")
  void missed() {
    var rungs =
        Rungs.NONE
            .after(HELLO, 1)
            .after(new Move(KEY, ConsistencyMode.LINEARIZABLE), 2)
            .after(new Joined(KEY, 2, "a", A, Bytes.EMPTY), 3)
            .after(new Move(KEY, ConsistencyMode.CAUSAL), 4);

    var node = member().welcomed(HELLO, rungs.toWelcome(), 5);

    assertThat(node.due().values()).containsExactly(new Take(KEY, 4));
    assertThat(node.heard(new Move(KEY, ConsistencyMode.LINEARIZABLE), 4)).isEqualTo(node);
  }

  @Test
  @DisplayName("that was evicted since takes no notice of an older welcome, which came late")
  void lateWelcome() {
    var welcome = Rungs.NONE.after(HELLO, 5).toWelcome();
    var gone =
        member()
            .heard(new Evict("a"), 4)
            .heard(HELLO, 5)
            .heard(new Evict("a"), 6)
            .heard(new Move(KEY, ConsistencyMode.LINEARIZABLE), 7);

    assertThat(gone.welcomed(HELLO, welcome, 5)).isEqualTo(gone);
    isNowhere(gone.read(KEY), Reason.STARTING);
  }

  @Test
  @DisplayName("greets anew if an older hello comes after its own: the group waits for that one")
  void oldHello() {
    var next = member().replaced(new ReplicaId(77));
    var in = next.heard(next.hello(), 3);
    assertThat(in.isMember()).isTrue();

    var out = in.heard(HELLO, 4);
    isNowhere(out.read(KEY), Reason.STARTING);
    assertThat(out.heard(out.hello(), 5).isMember()).isTrue();
  }

  @Test
  @DisplayName("takes the group's value also if another node's hello ends the move")
  void arrivesByHello() {
    var other = new ReplicaId(77);
    var node =
        member()
            .heard(new Hello("b", other), 2)
            .heard(new Move(KEY, ConsistencyMode.BOUNDED), 3)
            .heard(new Joined(KEY, 3, "b", other, Bytes.EMPTY), 4)
            .heard(new Hello("b", new ReplicaId(50)), 5) // of the replica before
            .heard(new Joined(KEY, 3, "a", A, Bytes.EMPTY), 6)
            .joined(KEY, 3);
    assertThat(node.rungs().of(KEY).waiting()).containsExactly("b");
    assertThat(node.due()).isEmpty();

    var then = node.heard(new Hello("b", other), 7);

    assertThat(then.due().values()).containsExactly(new Take(KEY, 7));
    assertThat(then.isMember()).isTrue();
  }

  @Test
  @DisplayName("whose replica is another one begins anew, and is no member by a former hello")
  void replaced() {
    var fenced = member().heard(new Move(KEY, ConsistencyMode.LINEARIZABLE), 2).joined(KEY, 2);

    var next = fenced.replaced(new ReplicaId(77));
    assertThat(next.due()).isEmpty();
    isNowhere(next.read(KEY), Reason.STARTING);
    assertThat(next.welcomed(HELLO, Rungs.NONE.after(HELLO, 9).toWelcome(), 9)).isEqualTo(next);

    var back = next.heard(next.hello(), 3);
    assertThat(back.due().values()).containsExactly(new Join(KEY, 2));
    assertThat(fenced.replaced(A)).isEqualTo(fenced);
  }
}
