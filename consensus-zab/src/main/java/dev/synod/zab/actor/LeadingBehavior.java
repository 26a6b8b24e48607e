package dev.synod.zab.actor;

import dev.synod.actors.message.AdminRequest;
import dev.synod.actors.message.AdminRequest.GetConfiguration;
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
import dev.synod.zab.rules.Handover;
import dev.synod.zab.rules.Leading;
import dev.synod.zab.rules.Learner;
import dev.synod.zab.rules.Proposal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;

/**
 * A leader as an actor: gathers what clients ask and hands it to the rules in batches. Batching is
 * natural, never a timer: the first request of a burst sends the actor a flush, which lands behind
 * the requests already in its mailbox.
 */
final class LeadingBehavior extends RoleBehavior {

  private static final String NOT_YET =
      "the leader has no quorum yet, no zxid left, or hands over to another server";
  private static final String DISK_BEHIND = "the leader's disk is far behind; try again later";

  LeadingBehavior(ActorContext<ReplicaMessage> context, ZabShell shell) {
    super(context, shell);
  }

  private Leading leading() {
    return (Leading) shell.role();
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
    if (!leading().takesProposals()) {
      shell.refusals.refuse(propose, Reason.NO_LEADER, NOT_YET);
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
    if (shell.role() instanceof Leading) {
      read(questionsOf(ask));
    }
    return next;
  }

  private Behavior<ReplicaMessage> administer(Ask ask) {
    Behavior<ReplicaMessage> next = this;
    for (Question question : ask.questions()) {
      if (isForTheRules(question) && shell.role() instanceof Leading leading) {
        var asked = new Asked(leading);
        var step = shell.administration.ask(asked, ask.client(), question, shell.isDiskBehind());
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
      ask.questions().forEach(question -> shell.clients.add(ask.client(), question));
      shell.queues.look();
    }
  }

  @Override
  long deliveredUpTo() {
    return leading().learners().deliveredUpTo();
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
      if (!leading().takesProposals()) {
        refuse(proposed, Reason.NO_LEADER, NOT_YET);
      } else if (shell.isDiskBehind()) {
        refuse(proposed, Reason.BUSY, DISK_BEHIND);
      } else {
        next = shell.clients.prepares() ? prepare(proposed) : propose(proposed);
      }
    }
    if (shell.role() instanceof Leading leading && shell.clients.hasReads()) {
      long now = shell.setup.nanoTime().getAsLong();
      next = shell.perform(leading.read(shell.clients.numberReads(now)));
    }
    return next;
  }

  /** The state machine carries requests out first; what they come to is then proposed. */
  private Behavior<ReplicaMessage> prepare(List<ClientQueue.Proposed> proposed) {
    var fresh =
        proposed.stream().filter(one -> !shell.feed.join(one.client(), one.proposal())).toList();
    shell.applier.tell(
        new ApplierMessage.Prepare(
            leading().epochs().accepted().number(),
            shell.log.last().index(),
            shell.clients.startPreparing(fresh)));
    return this;
  }

  @Override
  Behavior<ReplicaMessage> onPrepared(ApplierMessage.Prepared prepared) {
    shell.clients.endPreparing(prepared);
    if (prepared.epoch() != leading().epochs().accepted().number() || !leading().takesProposals()) {
      refuse(prepared, Reason.NO_LEADER, NOT_YET);
    } else if (shell.isDiskBehind()) {
      refuse(prepared, Reason.BUSY, DISK_BEHIND);
    } else {
      prepared
          .refused()
          .forEach(one -> refuse(List.of(one.proposed()), Reason.INVALID, one.text()));
      return propose(prepared.proposed());
    }
    return this;
  }

  private void refuse(ApplierMessage.Prepared prepared, Reason reason, String text) {
    refuse(prepared.all(), reason, text);
  }

  /**
   * A request whose entry is here already waits for that entry; all others become one append, as
   * far as there are zxids left.
   */
  private Behavior<ReplicaMessage> propose(List<ClientQueue.Proposed> proposed) {
    var proposals = new ArrayList<Proposal>(proposed.size());
    var tooMany = new ArrayList<ClientQueue.Proposed>();
    long last = shell.log.last().index();
    long room = leading().room();
    long bytes = 0;
    for (var one : proposed) {
      var asked = one.proposal();
      if (shell.feed.join(one.client(), asked)) {
        continue;
      }
      if (proposals.size() >= room) {
        tooMany.add(one);
        continue;
      }
      proposals.add(new Proposal(asked.kind(), asked.payload()));
      shell.feed.await(last + proposals.size(), one.client(), asked);
      bytes += asked.payload().length();
    }
    refuse(tooMany, Reason.NO_LEADER, NOT_YET);
    shell.setup.meters().appended(proposals.size(), bytes);
    return shell.perform(leading().propose(proposals));
  }

  private void refuse(List<ClientQueue.Proposed> proposed, Reason reason, String text) {
    var notAppended = proposed.stream().map(ClientQueue.Proposed::notAppended).toList();
    shell.refusals.refuse(notAppended, reason, text);
  }

  @Override
  Behavior<ReplicaMessage> onHeartbeatDue() {
    long last = shell.log.last().index();
    for (Learner learner : leading().learners().all()) {
      leading()
          .server()
          .configuration()
          .member(learner.store())
          .ifPresent(
              member ->
                  shell.setup.meters().lag(member.node(), last - Math.max(0, learner.match())));
    }
    return shell.perform(leading().heartbeatDue());
  }

  @Override
  Behavior<ReplicaMessage> onQuorumCheckDue() {
    if (leading().takesProposals() && !shell.isDiskBehind()) {
      closeExpiredSessions();
    }
    if (shell.consistency.isDue(shell.feed.applied())) {
      shell.applier.tell(new ApplierMessage.Compare(Optional.empty()));
    }
    return shell.perform(leading().quorumCheckDue());
  }

  private void closeExpiredSessions() {
    var expired = shell.sessions.due();
    if (!expired.isEmpty()) {
      var payload = new ClosedSessions(expired).encode();
      shell.perform(leading().propose(List.of(new Proposal(EntryKind.CLOSE_SESSIONS, payload))));
    }
  }

  @Override
  Behavior<ReplicaMessage> onDigested(DigestsAre own) {
    shell.consistency.begin(own, leading().server().configuration());
    return this;
  }

  @Override
  Behavior<ReplicaMessage> onDigestsAre(DigestsAre answer) {
    shell.consistency.answered(answer, leading().server().configuration());
    return this;
  }

  @Override
  Behavior<ReplicaMessage> onSnapshotDelivered(ReplicaMessage.SnapshotDelivered delivered) {
    shell.setup.meters().snapshotSent(delivered.bytes());
    return shell.perform(leading().snapshotEnded(delivered.to()));
  }

  @Override
  Behavior<ReplicaMessage> onSnapshotNotDelivered(
      ReplicaMessage.SnapshotNotDelivered notDelivered) {
    getContext()
        .getLog()
        .warn("{} has not got the snapshot: {}", notDelivered.to(), notDelivered.reason());
    return shell.perform(leading().snapshotEnded(notDelivered.to()));
  }

  /** Hands over before it goes, so that the group need not miss it first. */
  @Override
  Behavior<ReplicaMessage> onStop(ReplicaMessage.Stop stop) {
    return shell.departure.begin(
        stop, () -> shell.perform(Handover.begin(leading(), Departure.CHECKS)));
  }
}
