package dev.synod.testkit.paxos;

import dev.synod.core.StoreId;
import dev.synod.paxos.protocol.Ballot;
import dev.synod.paxos.protocol.PaxosMessage;
import dev.synod.paxos.protocol.Vote;
import dev.synod.paxos.rules.Acceptor;
import dev.synod.paxos.rules.Finished;
import dev.synod.paxos.rules.Learner;
import dev.synod.paxos.rules.Quorums;
import dev.synod.paxos.rules.Result;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** What must hold in every state, from what was said up to then. Counts by itself. */
final class Observed {

  /** What was said about acceptances: chosen values, or what is wrong with them. */
  record Choice(Set<String> chosen, Set<String> proposed, String wrong) {}

  private final Quorums quorums;
  private final int needed;

  /**
   * @param needed how many acceptances of one ballot choose
   */
  Observed(Quorums quorums, int needed) {
    this.quorums = quorums;
    this.needed = needed;
  }

  /** Looks at all accept requests and acceptances that were ever said. */
  Choice choice(List<PaxosMessage<String>> said) {
    Map<Ballot, String> proposed = new HashMap<>();
    Map<Vote<String>, Set<StoreId>> votes = new HashMap<>();
    var accepted = new ArrayList<PaxosMessage.Accepted<String>>();
    String wrong = "";
    for (var message : said) {
      if (message instanceof PaxosMessage.Accept<String> accept) {
        var other = proposed.putIfAbsent(accept.ballot(), accept.value());
        if (other != null && !other.equals(accept.value())) {
          wrong = "one value a ballot: " + other + " and " + accept;
        }
        if (!Setting.WANTED.contains(accept.value()) && !accept.value().equals(Setting.OTHER)) {
          wrong = "validity: nobody wanted " + accept;
        }
      }
      if (message instanceof PaxosMessage.Accepted<String> one) {
        accepted.add(one);
        votes
            .computeIfAbsent(new Vote<>(one.ballot(), one.value()), vote -> new TreeSet<>())
            .add(one.from());
      }
    }
    var chosen = new TreeSet<String>();
    votes.forEach(
        (vote, acceptors) -> {
          if (acceptors.size() >= needed) {
            chosen.add(vote.value());
          }
        });
    if (chosen.size() > 1) {
      wrong = "agreement: " + chosen + " are chosen";
    } else if (wrong.isEmpty()) {
      wrong = learnt(accepted, chosen);
    }
    return new Choice(chosen, new TreeSet<>(proposed.values()), wrong);
  }

  /** A learner that is told all of it, in either order, knows no more than what is chosen. */
  private String learnt(List<PaxosMessage.Accepted<String>> accepted, Set<String> chosen) {
    Learner<String> forwards = Learner.initial(quorums.accept());
    Learner<String> backwards = Learner.initial(quorums.accept());
    for (int i = 0; i < accepted.size(); i++) {
      forwards = forwards.receive(accepted.get(i));
      backwards = backwards.receive(accepted.get(accepted.size() - 1 - i));
    }
    boolean knowsTooMuch =
        !chosen.containsAll(forwards.learned().stream().toList())
            || !chosen.containsAll(backwards.learned().stream().toList());
    return knowsTooMuch ? "learning: what a learner knows is chosen, not " + forwards : "";
  }

  /** An acceptor's disk holds what it has said, so that it says nothing else after a crash. */
  static String promise(Acceptor<String> durable, List<PaxosMessage<String>> said) {
    for (var message : said) {
      boolean isPromise =
          message instanceof PaxosMessage.Promise<String> promise
              && promise.from().equals(durable.self());
      boolean isVote =
          message instanceof PaxosMessage.Accepted<String> accepted
              && accepted.from().equals(durable.self());
      if ((isPromise || isVote) && message.ballot().isAfter(durable.promised())) {
        return "promises last: " + message + " was said by " + durable;
      }
    }
    return "";
  }

  /** What a proposer reports is so. */
  static String result(Seat seat, String wanted, Choice choice) {
    if (!(seat.proposer() instanceof Finished<String> finished)) {
      return "";
    }
    if (finished.result() instanceof Result.Chosen<String> claim
        && !choice.chosen().equals(Set.of(claim.value()))) {
      return "reports: " + claim + ", but chosen is " + choice.chosen();
    }
    boolean claimsNothing = finished.result() instanceof Result.NotProposed;
    return claimsNothing && choice.proposed().contains(wanted)
        ? "reports: " + wanted + " was proposed, but rejected"
        : "";
  }
}
