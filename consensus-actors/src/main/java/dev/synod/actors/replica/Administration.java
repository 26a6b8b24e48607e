package dev.synod.actors.replica;

import dev.synod.actors.message.AdminRequest.ChangeMembers;
import dev.synod.actors.message.AdminRequest.CurrentConfiguration;
import dev.synod.actors.message.AdminRequest.CurrentLeader;
import dev.synod.actors.message.AdminRequest.GetLeader;
import dev.synod.actors.message.AdminRequest.TransferLeadership;
import dev.synod.actors.message.ClientMessage.Answers;
import dev.synod.actors.message.ClientMessage.Question;
import dev.synod.core.ChangeRequest;
import dev.synod.core.Objection;
import dev.synod.core.Outcome;
import dev.synod.core.Outcome.Reason;
import dev.synod.core.StoreId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.pekko.actor.typed.ActorRef;

/**
 * What administrators ask of a leader. They ask again, so nothing is kept for them but whom to
 * answer. There is one change of members and one transfer of leadership at a time, so few of them.
 *
 * @param <S> what a leader does next
 */
public final class Administration<S> {

  /** More than one asks for a transfer only by mistake. */
  private static final int WAITING_MAX = 16;

  private record Waiting(ActorRef<Answers> client, long tag) {}

  private final Refusals refusals;
  private final Duration quorumCheck;
  private final ChangeWaiters forChange;
  private final List<Waiting> forTransfer = new ArrayList<>();

  /**
   * Nobody waits yet.
   *
   * @param quorumCheck the time between two checks of the quorum
   */
  public Administration(Refusals refusals, Duration quorumCheck) {
    this.refusals = refusals;
    this.quorumCheck = quorumCheck;
    this.forChange = new ChangeWaiters(refusals);
  }

  /**
   * Answers at once, or says what the leader is to do for it.
   *
   * @param diskIsBehind so nothing is to be appended now
   */
  public Optional<S> ask(
      Leadership<S> leader, ActorRef<Answers> client, Question question, boolean diskIsBehind) {
    var asks = new Waiting(client, question.tag());
    if (question.query() instanceof GetLeader) {
      answer(asks, leaderOf(leader));
    } else if (question.query() instanceof ChangeMembers change) {
      return change(leader, asks, change, diskIsBehind);
    } else if (question.query() instanceof TransferLeadership transfer) {
      return transfer(leader, asks, transfer);
    }
    return Optional.empty();
  }

  /** A quorum has confirmed, since that was asked, that this one leads. */
  public void tellConfiguration(Leadership<S> leader, ActorRef<Answers> client, Question question) {
    answer(new Waiting(client, question.tag()), currentOf(leader));
  }

  private Optional<S> change(
      Leadership<S> leader, Waiting asks, ChangeMembers change, boolean diskIsBehind) {
    var request =
        new ChangeRequest(change.id(), change.expected(), change.changes(), change.newcomers());
    if (request.hasLedTo(leader.memberships().latest())) {
      forChange.add(change.id(), asks.client(), asks.tag());
      look(leader);
      return Optional.empty();
    }
    var objection =
        diskIsBehind
            ? Optional.of(new Objection(true, "the leader's disk is far behind; try again later"))
            : leader.objectionTo(request);
    if (objection.isPresent()) {
      refuse(asks, objection.get());
      return Optional.empty();
    }
    forChange.add(change.id(), asks.client(), asks.tag());
    return Optional.of(leader.change(request));
  }

  private Optional<S> transfer(Leadership<S> leader, Waiting asks, TransferLeadership wish) {
    if (wish.isDoneBy(leader.self())) {
      answer(asks, leaderOf(leader));
      return Optional.empty();
    }
    var to = wish.to().or(leader::bestSuccessor);
    var objection =
        to.<Optional<Objection>>map(leader::objectionToTransfer)
            .orElseGet(() -> Optional.of(new Objection(false, "no other voter could lead")));
    if (objection.isPresent() || forTransfer.size() >= WAITING_MAX) {
      refuse(asks, objection.orElse(new Objection(true, "too many ask for a transfer at once")));
      return Optional.empty();
    }
    forTransfer.remove(asks);
    forTransfer.add(asks);
    return leader.isHandingOver() ? Optional.empty() : begin(leader, to.orElseThrow(), wish);
  }

  private Optional<S> begin(Leadership<S> leader, StoreId to, TransferLeadership wish) {
    long checks = 1 + Math.min(wish.deadlineMillis() / quorumCheck.toMillis(), 1_000_000);
    return Optional.of(leader.transfer(to, (int) checks));
  }

  /** Answers those whose change is done or gave way, or whose transfer was given up. */
  public void look(Leadership<S> leader) {
    if (!forTransfer.isEmpty() && !leader.isHandingOver()) {
      var late = new Objection(false, "it had not taken over by the deadline; the leader leads on");
      forTransfer.forEach(one -> refuse(one, late));
      forTransfer.clear();
    }
    if (forChange.isEmpty()) {
      return;
    }
    var memberships = leader.memberships();
    var latest = memberships.latest();
    boolean isDone = !latest.isChanging() && memberships.isCommitted(leader.commitIndex());
    forChange.look(latest, isDone, () -> currentOf(leader));
  }

  /**
   * No longer leader: another one goes on with what has begun. Whoever asked for that is told to
   * ask there.
   */
  public void abandon() {
    forChange.abandon();
    var moved = new Outcome.Rejected<Object>(Reason.NO_LEADER, "this one does not lead any more");
    forTransfer.forEach(one -> answer(one, moved));
    forTransfer.clear();
  }

  /** What is committed: what is not may be replaced by another of the same version. */
  private Outcome<Object> currentOf(Leadership<S> leader) {
    return new Outcome.Ok<>(
        new CurrentConfiguration(leader.memberships().committed(leader.commitIndex())),
        leader.commitIndex());
  }

  /** A leader that has left the group is no member any more, and for a moment leads it still. */
  private Outcome<Object> leaderOf(Leadership<S> leader) {
    return leader
        .memberships()
        .latest()
        .member(leader.self())
        .<Outcome<Object>>map(
            member ->
                new Outcome.Ok<>(new CurrentLeader(member, leader.number()), leader.commitIndex()))
        .orElseGet(() -> new Outcome.Rejected<>(Reason.BUSY, "the leader has left the group"));
  }

  private void refuse(Waiting asks, Objection objection) {
    var reason = objection.passes() ? Reason.BUSY : Reason.INVALID;
    answer(asks, new Outcome.Rejected<>(reason, objection.text()));
  }

  private void answer(Waiting one, Outcome<Object> outcome) {
    refusals.answer(one.client(), one.tag(), outcome);
  }
}
