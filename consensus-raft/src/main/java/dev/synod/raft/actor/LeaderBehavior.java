package dev.synod.raft.actor;

import dev.synod.actors.message.AdminRequest;
import dev.synod.actors.message.AdminRequest.GetConfiguration;
import dev.synod.actors.message.ClientMessage.Answers;
import dev.synod.actors.message.ClientMessage.Ask;
import dev.synod.actors.message.ClientMessage.Propose;
import dev.synod.actors.message.ClientMessage.Question;
import dev.synod.actors.message.ConsistencyMessage.DigestsAre;
import dev.synod.actors.message.ReplicaMessage;
import dev.synod.actors.replica.ApplierMessage;
import dev.synod.actors.replica.ClientQueue;
import dev.synod.actors.replica.ClosedSessions;
import dev.synod.actors.replica.Departure;
import dev.synod.core.EntryKind;
import dev.synod.core.Outcome.Reason;
import dev.synod.core.Read;
import dev.synod.raft.rules.Leader;
import dev.synod.raft.rules.Progress;
import dev.synod.raft.rules.Proposal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;

/**
 * A leader as an actor: gathers what clients ask and hands it to the rules in batches. Batching is
 * natural, never a timer: the first request of a burst sends the actor a flush, which lands behind
 * the requests already in its mailbox.
 */
final class LeaderBehavior extends RoleBehavior {

  private static final String HANDING_OVER = "leadership is on its way to another server";
  private static final String DISK_BEHIND = "the leader's disk is far behind; try again later";

  LeaderBehavior(ActorContext<ReplicaMessage> context, RaftShell shell) {
    super(context, shell);
  }

  private Leader leader() {
    return (Leader) shell.role();
  }

  @Override
  Behavior<ReplicaMessage> onPropose(Propose propose) {
    int pending = shell.queues.proposals();
    if (pending + propose.proposals().size() > shell.settings().proposalsPendingMax()
        || shell.isDiskBehind()) {
      shell.refusals.refuse(
          propose, Reason.BUSY, pending + " proposals are under way already; try again later");
      return this;
    }
    if (!leader().takesProposals()) {
      shell.refusals.refuse(propose, Reason.NO_LEADER, HANDING_OVER);
      return this;
    }
    shell.sessions.heard(propose.session());
    flushSoon();
    shell.clients.add(propose);
    shell.queues.look();
    return this;
  }

  @Override
  Behavior<ReplicaMessage> onUnconfirmed(Ask ask) {
    var next = administer(ask);
    if (shell.role() instanceof Leader) {
      read(questionsOf(ask));
    }
    return next;
  }

  @Override
  long deliveredUpTo() {
    return leader().followers().deliveredUpTo();
  }

  private Behavior<ReplicaMessage> administer(Ask ask) {
    Behavior<ReplicaMessage> next = this;
    for (Question question : ask.questions()) {
      if (isForTheRules(question) && shell.role() instanceof Leader leader) {
        var step =
            shell.administration.ask(
                new Asked(leader), ask.client(), question, shell.isDiskBehind());
        next = step.isPresent() ? shell.perform(step.get()) : next;
      }
    }
    return next;
  }

  /** Who asks for the configuration reads it: another leader may have changed it. */
  private static boolean isForTheRules(Question question) {
    return question.query() instanceof AdminRequest
        && !(question.query() instanceof GetConfiguration);
  }

  private static Ask questionsOf(Ask ask) {
    var questions = ask.questions().stream().filter(question -> !isForTheRules(question)).toList();
    return questions.size() == ask.questions().size()
        ? ask
        : new Ask(ask.group(), ask.client(), questions);
  }

  private void read(Ask ask) {
    if (!shell.clients.hasRoomFor(ask)) {
      shell.refusals.refuse(ask, Reason.BUSY, "too many reads are under way; try again later");
    } else if (!ask.questions().isEmpty()) {
      flushSoon();
      ask.questions().forEach(question -> add(ask.client(), question));
      shell.queues.look();
    }
  }

  private void add(ActorRef<Answers> client, Question question) {
    if (shell.settings().leaseReads() && question.freshness() instanceof Read.Lease) {
      shell.clients.addLease(client, question);
    } else {
      shell.clients.add(client, question);
    }
  }

  private void flushSoon() {
    if (shell.clients.isEmpty()) {
      getContext().getSelf().tell(Timeout.FLUSH);
    }
  }

  @Override
  Behavior<ReplicaMessage> onFlush() {
    Behavior<ReplicaMessage> next = this;
    if (shell.clients.proposals() > 0) {
      var proposed = shell.clients.takeProposals();
      if (!leader().takesProposals()) {
        refuse(proposed, Reason.NO_LEADER, HANDING_OVER);
      } else if (shell.isDiskBehind()) {
        refuse(proposed, Reason.BUSY, DISK_BEHIND);
      } else {
        next = propose(proposed);
      }
    }
    if (shell.clients.hasLeaseReads()) {
      long now = shell.setup.nanoTime().getAsLong();
      long since = shell.tuned.lease.recentSince(leader().term(), now);
      next = shell.perform(leader().readByLease(shell.clients.numberLeaseReads(now), since));
    }
    if (shell.clients.hasReads()) {
      long now = shell.setup.nanoTime().getAsLong();
      next = shell.perform(leader().read(shell.clients.numberReads(now)));
    }
    return next;
  }

  /** A request whose entry is here already waits for that entry; all others become one append. */
  private Behavior<ReplicaMessage> propose(List<ClientQueue.Proposed> proposed) {
    var proposals = new ArrayList<Proposal>(proposed.size());
    long last = shell.log.last().index();
    long bytes = 0;
    for (var one : proposed) {
      var asked = one.proposal();
      if (!shell.feed.join(one.client(), asked)) {
        proposals.add(new Proposal(asked.kind(), asked.payload()));
        shell.feed.await(last + proposals.size(), one.client(), asked);
        bytes += asked.payload().length();
      }
    }
    shell.setup.meters().appended(proposals.size(), bytes);
    return shell.perform(leader().propose(proposals));
  }

  /** They came after the last flush, and before what keeps them from being appended. */
  private void refuse(List<ClientQueue.Proposed> proposed, Reason reason, String text) {
    var notAppended = proposed.stream().map(ClientQueue.Proposed::notAppended).toList();
    shell.refusals.refuse(notAppended, reason, text);
  }

  @Override
  Behavior<ReplicaMessage> onHeartbeatDue() {
    long last = shell.log.last().index();
    for (Progress progress : leader().followers().all()) {
      leader()
          .server()
          .configuration()
          .member(progress.store())
          .ifPresent(member -> shell.setup.meters().lag(member.node(), last - progress.match()));
    }
    return shell.perform(leader().heartbeatDue());
  }

  @Override
  Behavior<ReplicaMessage> onQuorumCheckDue() {
    if (leader().takesProposals() && !shell.isDiskBehind()) {
      closeExpiredSessions();
    }
    if (shell.consistency.isDue(shell.feed.applied())) {
      shell.applier.tell(new ApplierMessage.Compare(Optional.empty()));
    }
    return shell.perform(leader().quorumCheckDue());
  }

  private void closeExpiredSessions() {
    var expired = shell.sessions.due();
    if (!expired.isEmpty()) {
      var payload = new ClosedSessions(expired).encode();
      shell.perform(leader().propose(List.of(new Proposal(EntryKind.CLOSE_SESSIONS, payload))));
    }
  }

  @Override
  Behavior<ReplicaMessage> onDigested(DigestsAre own) {
    shell.consistency.begin(own, leader().server().configuration());
    return this;
  }

  @Override
  Behavior<ReplicaMessage> onDigestsAre(DigestsAre answer) {
    shell.consistency.answered(answer, leader().server().configuration());
    return this;
  }

  @Override
  Behavior<ReplicaMessage> onSnapshotDelivered(ReplicaMessage.SnapshotDelivered delivered) {
    shell.setup.meters().snapshotSent(delivered.bytes());
    return shell.perform(leader().snapshotDelivered(delivered.to(), delivered.position().index()));
  }

  @Override
  Behavior<ReplicaMessage> onSnapshotNotDelivered(
      ReplicaMessage.SnapshotNotDelivered notDelivered) {
    getContext()
        .getLog()
        .warn("{} has not got the snapshot: {}", notDelivered.to(), notDelivered.reason());
    return shell.perform(leader().snapshotNotDelivered(notDelivered.to()));
  }

  /**
   * Hands over before it goes, so that the group need not wait for an election timeout (thesis
   * §3.10).
   */
  @Override
  Behavior<ReplicaMessage> onStop(ReplicaMessage.Stop stop) {
    return shell.departure.begin(stop, () -> shell.perform(leader().transfer(Departure.CHECKS)));
  }
}
