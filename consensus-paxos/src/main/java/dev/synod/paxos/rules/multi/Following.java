package dev.synod.paxos.rules.multi;

import dev.synod.core.StoreId;
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
}
