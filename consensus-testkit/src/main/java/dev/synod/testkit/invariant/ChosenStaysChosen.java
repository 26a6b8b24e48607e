package dev.synod.testkit.invariant;

import dev.synod.testkit.invariant.Change.VoteKept;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Once a value is chosen for a slot, whoever votes with a higher ballot votes for that value, so
 * that no other is ever chosen (Lamport 2001, P2 and P2a).
 */
public final class ChosenStaysChosen implements Invariant {

  private final SlotVotes votes;
  private final Map<Long, TreeMap<Change.Ballot, VoteKept>> newest = new HashMap<>();

  public ChosenStaysChosen(SlotRules rules) {
    this.votes = new SlotVotes(rules);
  }

  @Override
  public String name() {
    return "what is chosen stays chosen";
  }

  @Override
  public Optional<String> after(Change change, GroupView group) {
    var chosen = votes.take(change);
    if (!(change instanceof VoteKept vote)) {
      return HOLDS;
    }
    var all = newest.computeIfAbsent(vote.slot(), slot -> new TreeMap<>());
    all.putIfAbsent(vote.ballot(), vote);
    if (chosen.isPresent()) {
      return all.tailMap(vote.ballot(), false).values().stream()
          .filter(later -> later.value() != vote.value())
          .findFirst()
          .map(later -> differs(later, chosen.get()));
    }
    return votes
        .chosen(vote.slot())
        .filter(choice -> vote.ballot().isAfter(choice.ballot()))
        .filter(choice -> choice.value() != vote.value())
        .map(choice -> differs(vote, choice));
  }

  private static String differs(VoteKept vote, SlotVotes.Choice choice) {
    return "for slot %d a value was chosen with ballot %s; %s votes for another with ballot %s"
        .formatted(vote.slot(), choice.ballot(), vote.node(), vote.ballot());
  }
}
