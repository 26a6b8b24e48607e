package dev.synod.actors.replica;

import dev.synod.actors.Peers;
import dev.synod.actors.message.ClientMessage.Answer;
import dev.synod.actors.message.ClientMessage.Answers;
import dev.synod.actors.message.ClientMessage.Ask;
import dev.synod.actors.message.ClientMessage.Propose;
import dev.synod.actors.message.ReplicaMessage;
import dev.synod.actors.message.WatchMessage.NotServed;
import dev.synod.actors.message.WatchMessage.Pull;
import dev.synod.actors.meters.ReplicaMeters;
import dev.synod.actors.replica.ApplierMessage.Waiter;
import dev.synod.core.GroupId;
import dev.synod.core.Outcome;
import dev.synod.core.Outcome.Reason;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.apache.pekko.actor.typed.ActorRef;

/**
 * Answers that are not replies: what was certainly not taken, and what may or may not have been.
 * One message a client.
 */
public final class Refusals {

  private final GroupId group;
  private final Peers peers;
  private final ReplicaMeters meters;
  private final Supplier<Optional<ActorRef<ReplicaMessage>>> leader;

  /**
   * @param leader where the client should turn to, if known
   */
  public Refusals(
      GroupId group,
      Peers peers,
      ReplicaMeters meters,
      Supplier<Optional<ActorRef<ReplicaMessage>>> leader) {
    this.group = group;
    this.peers = peers;
    this.meters = meters;
    this.leader = leader;
  }

  public void refuse(Propose propose, Reason reason, String text) {
    var outcome = new Outcome.Rejected<Object>(reason, text);
    meters.rejected(reason, propose.proposals().size());
    tell(
        propose.client(),
        propose.proposals().stream().map(proposal -> new Answer(proposal.tag(), outcome)).toList());
  }

  public void refuse(Ask ask, Reason reason, String text) {
    var outcome = new Outcome.Rejected<Object>(reason, text);
    meters.rejected(reason, ask.questions().size());
    tell(
        ask.client(),
        ask.questions().stream().map(question -> new Answer(question.tag(), outcome)).toList());
  }

  /** Who watches is to turn to another replica. */
  public void refuse(Pull pull, String text) {
    peers.tell(pull.watcher(), new NotServed(group, pull.number(), text));
  }

  /** The answer to one question, whatever it is. */
  public void answer(ActorRef<Answers> client, long tag, Outcome<Object> outcome) {
    tell(client, List.of(new Answer(tag, outcome)));
  }

  /** Certainly not taken: none of them is in any log. */
  public void refuse(List<Waiter> waiters, Reason reason, String text) {
    meters.rejected(reason, waiters.size());
    answer(waiters, new Outcome.Rejected<>(reason, text));
  }

  /** They are in the log here, but not known to be committed. */
  public void leaveOpen(List<Waiter> waiters, String text) {
    answer(waiters, new Outcome.Unknown<>(text));
  }

  private void answer(List<Waiter> waiters, Outcome<Object> outcome) {
    Map<ActorRef<Answers>, List<Answer>> byClient = new LinkedHashMap<>();
    for (Waiter waiter : waiters) {
      byClient
          .computeIfAbsent(waiter.client(), client -> new ArrayList<>())
          .add(new Answer(waiter.tag(), outcome));
    }
    byClient.forEach(this::tell);
  }

  private void tell(ActorRef<Answers> client, List<Answer> answers) {
    peers.tell(client, new Answers(group, leader.get(), answers));
  }

  /** Whoever waits for a leader that leads no more is told what that means for its request. */
  public void steppedDown(ApplyFeed feed, ClientQueue clients) {
    leaveOpen(feed.abandon(), "the leader stepped down before it was known to be committed");
    var notTaken = "the leader stepped down before it took this";
    refuse(clients.takeNotAppended(), Reason.NO_LEADER, notTaken);
    refuse(clients.takeReads(), Reason.NO_LEADER, "the leader stepped down");
  }
}
