package dev.synod.crdt.ladder;

import dev.synod.core.StateMachine;
import dev.synod.crdt.ladder.protocol.LadderCommand;
import dev.synod.crdt.ladder.protocol.LadderReply;
import dev.synod.crdt.ladder.protocol.LadderSnapshot;
import dev.synod.crdt.ladder.protocol.LadderSnapshot.Rows;
import dev.synod.crdt.ladder.rules.LadderFamilies;
import dev.synod.crdt.ladder.rules.LadderState;
import dev.synod.crdt.ladder.rules.Rungs;
import java.util.AbstractList;
import java.util.List;
import java.util.Objects;

/** The state machine of a ladder's group: {@link LadderState}, applied. */
final class LadderMachine implements StateMachine<LadderCommand, LadderReply, LadderSnapshot> {

  private LadderState state;

  LadderMachine(List<LadderFamily<?, ?>> families) {
    this.state = LadderState.of(new LadderFamilies(families));
  }

  @Override
  public LadderReply apply(LadderCommand command, Context context) {
    var applied = state.apply(command, context.index());
    state = applied.after();
    return applied.reply();
  }

  /** Nodes follow where entities stand, not what is done to them. */
  @Override
  public boolean isChange(LadderCommand command, LadderReply reply) {
    return Rungs.isChange(command, reply);
  }

  @Override
  public LadderReply query(LadderCommand query) {
    return state.query(query);
  }

  @Override
  public LadderSnapshot snapshot() {
    return new Captured(state);
  }

  @Override
  public void restore(LadderSnapshot snapshot) {
    state = state.restored(snapshot.rows());
  }

  /**
   * The state, which is laid out when somebody wants it: a list of one, so that replicas that
   * compare what they have come to look into it, and find values there. In the state itself they
   * would find an application's functions, which are called otherwise in every process.
   */
  private static final class Captured extends AbstractList<Rows> implements LadderSnapshot {

    private final LadderState state;

    Captured(LadderState state) {
      this.state = state;
    }

    @Override
    public Rows rows() {
      return state.rows();
    }

    @Override
    public Rows get(int index) {
      Objects.checkIndex(index, 1);
      return rows();
    }

    @Override
    public int size() {
      return 1;
    }
  }
}
