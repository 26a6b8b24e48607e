package dev.synod.crdt.ladder;

import dev.synod.core.StateMachine;
import dev.synod.crdt.ladder.protocol.LadderCommand;
import dev.synod.crdt.ladder.protocol.LadderReply;
import dev.synod.crdt.ladder.protocol.LadderSnapshot;
import dev.synod.crdt.ladder.rules.LadderFamilies;
import dev.synod.crdt.ladder.rules.LadderState;
import dev.synod.crdt.ladder.rules.Rungs;
import java.util.List;

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
    return state;
  }

  @Override
  public void restore(LadderSnapshot snapshot) {
    state = state.restored(snapshot.rows());
  }
}
