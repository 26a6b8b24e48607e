package dev.synod.testkit.invariant;

import dev.synod.core.Configuration;
import dev.synod.testkit.invariant.Change.Entered;
import dev.synod.testkit.invariant.Change.Leads;
import dev.synod.testkit.invariant.Change.Voted;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Who leads was given the votes of a majority of the voters by the newest configuration in its log;
 * while that is joint, of both majorities (Raft §5.2, §6). It counts itself only if it votes.
 */
public final class ElectedByQuorum implements Invariant {

  private record Candidacy(String node, long epoch) {}

  private final Map<Candidacy, Set<String>> votes = new HashMap<>();

  @Override
  public String name() {
    return "leaders are elected by a quorum";
  }

  @Override
  public Optional<String> after(Change change, GroupView group) {
    if (change instanceof Voted voted) {
      vote(new Candidacy(voted.candidate(), voted.epoch()), group.replica(voted.node()).store());
    } else if (change instanceof Entered entered
        && entered.vote().equals(group.replica(entered.node()).store())) {
      vote(new Candidacy(entered.node(), entered.epoch()), entered.vote());
    } else if (change instanceof Leads leads) {
      var elected = group.replica(leads.node());
      return mayLead(leads, elected, group.configurations())
          .or(
              () ->
                  group
                      .configurations()
                      .electing(elected)
                      .flatMap(configuration -> check(leads, elected, configuration)));
    }
    return HOLDS;
  }

  private void vote(Candidacy candidacy, String voter) {
    votes.computeIfAbsent(candidacy, one -> new HashSet<>()).add(voter);
  }

  /** Who is to leave may be needed until that is committed; learners never are (thesis §4.2.2). */
  private static Optional<String> mayLead(
      Leads leads, ReplicaView elected, Configurations configurations) {
    return configurations.mayVote(elected)
        ? HOLDS
        : Optional.of(
            "%s (%s) leads in epoch %d, but votes by no configuration that may count"
                .formatted(leads.node(), elected.store(), leads.epoch()));
  }

  private Optional<String> check(Leads leads, ReplicaView elected, Configuration configuration) {
    var voters = votes.getOrDefault(new Candidacy(leads.node(), leads.epoch()), Set.of());
    var membership = configuration.membership();
    if (Configurations.agree(membership, store -> voters.contains(store.toString()))) {
      return HOLDS;
    }
    return Optional.of(
        "%s (%s) leads in epoch %d by the votes of %s, where %s decide"
            .formatted(leads.node(), elected.store(), leads.epoch(), voters, membership));
  }
}
