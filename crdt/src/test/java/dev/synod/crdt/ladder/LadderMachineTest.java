package dev.synod.crdt.ladder;

import static org.assertj.core.api.Assertions.assertThat;

import dev.synod.core.Bytes;
import dev.synod.core.StateMachine.Context;
import dev.synod.crdt.CausalToken;
import dev.synod.crdt.PnCounter;
import dev.synod.crdt.clock.ReplicaId;
import dev.synod.crdt.ladder.protocol.LadderCommand;
import dev.synod.crdt.ladder.protocol.LadderCommand.Hello;
import dev.synod.crdt.ladder.protocol.LadderCommand.Joined;
import dev.synod.crdt.ladder.protocol.LadderCommand.Look;
import dev.synod.crdt.ladder.protocol.LadderCommand.Move;
import dev.synod.crdt.ladder.protocol.LadderCommand.Operate;
import dev.synod.crdt.ladder.protocol.LadderReply;
import dev.synod.crdt.rules.Family;
import dev.synod.crdt.wire.PlainCodecs;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The state machine of a ladder's group")
class LadderMachineTest {

  private static final String KEY = "like/x";
  private static final ReplicaId A = new ReplicaId(1);

  private final LadderMachine machine = machine();
  private long index;

  /** With families of its own, as in another process. */
  private static LadderMachine machine() {
    return new LadderMachine(
        List.of(
            LadderFamily.of(
                new Family<>("like/", PlainCodecs.pnCounter(), PnCounter.ZERO),
                Long.class,
                (counter, by, amount) -> counter.add(by, amount))));
  }

  private LadderReply apply(LadderCommand command) {
    index++;
    return machine.apply(
        command,
        new Context() {
          @Override
          public long index() {
            return index;
          }

          @Override
          public long session() {
            return 1;
          }
        });
  }

  private boolean isChange(LadderCommand command) {
    return machine.isChange(command, apply(command));
  }

  private void serve() {
    assertThat(isChange(new Hello("a", A))).isTrue();
    assertThat(isChange(new Move(KEY, ConsistencyMode.LINEARIZABLE))).isTrue();
    assertThat(isChange(new Joined(KEY, 2, "a", A, zero()))).isTrue();
  }

  private static Bytes zero() {
    return PlainCodecs.pnCounter().encode(PnCounter.ZERO);
  }

  @Test
  @DisplayName("tells those who watch of where entities stand, not of operations and refusals")
  void changes() {
    serve();
    assertThat(isChange(new Operate(KEY, 5L, CausalToken.NONE))).isFalse();
    assertThat(isChange(new Joined(KEY, 1, "a", A, zero()))).isFalse();
    assertThat(isChange(new Move("other/x", ConsistencyMode.CAUSAL))).isFalse();
  }

  @Test
  @DisplayName("is the same elsewhere after a snapshot, and shows values to those who compare")
  void snapshot() {
    serve();
    apply(new Operate(KEY, 5L, CausalToken.NONE));
    var snapshot = machine.snapshot();
    var rows = snapshot.rows();
    apply(new Operate(KEY, 5L, CausalToken.NONE));

    var other = machine();
    other.restore(rows);

    assertThat(snapshot.rows()).isEqualTo(rows); // as it was
    assertThat(other.snapshot().rows()).isEqualTo(rows);
    assertThat(other.query(new Look(KEY))).isNotEqualTo(machine.query(new Look(KEY)));
    assertThat(snapshot).isEqualTo(List.of(rows));
  }
}
