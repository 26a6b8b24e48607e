package dev.synod.paxos.rules.multi;

import dev.synod.core.StoreId;
import dev.synod.paxos.protocol.multi.SlotMessage.RequestReadSlot;
import dev.synod.paxos.rules.multi.SlotEffect.Send;
import java.util.Optional;

/**
 * Leaves proposing to another one.
 *
 * @param leader empty if none was heard yet
 */
public record Following(ProposerState state, Optional<StoreId> leader) implements SlotProposer {

  @Override
  public SlotProposer with(ProposerState known) {
    return new Following(known, leader);
  }

  /** The other one is asked. */
  @Override
  public SlotStep<SlotProposer> read(long number) {
    return leader
        .map(to -> stay(new Send(to, new RequestReadSlot(state.self(), number))))
        .orElseGet(this::stay);
  }
}
