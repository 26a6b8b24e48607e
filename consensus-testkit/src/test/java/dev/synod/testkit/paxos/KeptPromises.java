package dev.synod.testkit.paxos;

import dev.synod.core.StoreId;
import dev.synod.paxos.protocol.Ballot;
import dev.synod.paxos.protocol.PaxosMessage;
import dev.synod.paxos.protocol.PaxosMessage.Accepted;
import dev.synod.paxos.protocol.PaxosMessage.Promise;
import dev.synod.paxos.rules.Content;
import java.util.HashMap;
import java.util.Map;

/**
 * What acceptors of registers have said, across their crashes: none says yes to a ballot below one
 * that it said yes to (P1a), a promise tells of the highest proposal that was said to be accepted
 * (P2c), and whoever accepts a ballot accepts one value with it (§2.2).
 */
final class KeptPromises {

  private record Seat(StoreId acceptor, String key) {}

  private record Proposed(String key, Ballot ballot) {}

  private final Map<Seat, Ballot> promised = new HashMap<>();
  private final Map<Seat, Ballot> accepted = new HashMap<>();
  private final Map<Proposed, Content> values = new HashMap<>();
  private String broken = "";

  /** An acceptor has answered. */
  void said(String key, PaxosMessage.ToProposer<Content> answer) {
    var seat = new Seat(answer.from(), key);
    if (answer instanceof Promise<Content> promise) {
      saidYes(seat, answer);
      var told = promise.vote().map(vote -> vote.ballot()).orElse(Ballot.ZERO);
      var known = accepted.getOrDefault(seat, Ballot.ZERO);
      if (known.isAfter(told)) {
        broken(seat, answer, "it has accepted " + known);
      }
    } else if (answer instanceof Accepted<Content> yes) {
      saidYes(seat, answer);
      accepted.put(seat, answer.ballot());
      var other = values.putIfAbsent(new Proposed(key, yes.ballot()), yes.value());
      if (other != null && !other.equals(yes.value())) {
        broken(seat, answer, "with that ballot " + other + " was accepted, too");
      }
    }
  }

  private void saidYes(Seat seat, PaxosMessage.ToProposer<Content> answer) {
    var before = promised.getOrDefault(seat, Ballot.ZERO);
    if (before.isAfter(answer.ballot())) {
      broken(seat, answer, "it has promised " + before);
    } else {
      promised.put(seat, answer.ballot());
    }
  }

  private void broken(Seat seat, PaxosMessage.ToProposer<Content> answer, String what) {
    if (broken.isEmpty()) {
      broken = "%s says %s, but %s".formatted(seat, answer, what);
    }
  }

  /** Nothing if all is well. */
  String broken() {
    return broken;
  }
}
