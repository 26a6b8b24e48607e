package dev.synod.testkit.invariant;

import dev.synod.testkit.invariant.Change.VotesSaid;
import java.util.Optional;

/**
 * An acceptor says that it has accepted a value once its disk has that vote, or a later one, or
 * where the slot's value is chosen anyway (Lamport 2001, §2.5).
 */
public final class DurableAcceptance implements Invariant {

  private final SlotVotes votes;

  public DurableAcceptance(SlotRules rules) {
    this.votes = new SlotVotes(rules);
  }

  @Override
  public String name() {
    return "what is accepted is durable";
  }

  @Override
  public Optional<String> after(Change change, GroupView group) {
    votes.take(change);
    if (change instanceof VotesSaid said) {
      for (long slot = said.firstSlot(); slot <= said.lastSlot(); slot++) {
        if (!votes.has(said.node(), said.ballot(), slot) && votes.chosen(slot).isEmpty()) {
          return Optional.of(
              "%s says that it has accepted slot %d with ballot %s, but its disk has no such vote"
                  .formatted(said.node(), slot, said.ballot()));
        }
      }
    }
    return HOLDS;
  }
}
