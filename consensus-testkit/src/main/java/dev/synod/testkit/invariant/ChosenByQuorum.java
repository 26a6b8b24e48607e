package dev.synod.testkit.invariant;

import dev.synod.testkit.invariant.Change.Based;
import dev.synod.testkit.invariant.Change.ChoiceKept;
import dev.synod.testkit.invariant.Change.Committed;
import java.util.Optional;

/**
 * What any replica takes for chosen has the votes of a quorum, on their disks, and is the value
 * that those are for (Lamport 2001, §2.3, §2.5). A group that goes on from a backup had its first
 * slots chosen in another life.
 */
public final class ChosenByQuorum implements Invariant {

  private final SlotVotes votes;
  private long checked;

  public ChosenByQuorum(SlotRules rules) {
    this.votes = new SlotVotes(rules);
  }

  @Override
  public String name() {
    return "a quorum has voted for what is chosen";
  }

  @Override
  public Optional<String> after(Change change, GroupView group) {
    votes.take(change);
    if (change instanceof Based backup && votes.isEmpty()) {
      checked = Math.max(checked, backup.index());
    } else if (change instanceof Committed moved) {
      while (checked < moved.index()) {
        if (votes.chosen(checked + 1).isEmpty()) {
          return Optional.of(
              "%s takes slots up to %d for chosen, but no quorum's disks have votes for slot %d"
                  .formatted(moved.node(), moved.index(), checked + 1));
        }
        checked++;
      }
    } else if (change instanceof ChoiceKept kept) {
      boolean isSo =
          votes.chosen(kept.slot()).filter(choice -> choice.value() == kept.value()).isPresent();
      return isSo
          ? HOLDS
          : Optional.of(
              "%s writes down a value for slot %d as chosen that no quorum has voted for"
                  .formatted(kept.node(), kept.slot()));
    }
    return HOLDS;
  }
}
