package dev.synod.raft.rules;

import dev.synod.core.StoreId;
import dev.synod.core.Term;
import dev.synod.raft.protocol.RaftMessage;
import dev.synod.raft.protocol.RaftMessage.AppendAccepted;
import dev.synod.raft.protocol.RaftMessage.AppendEntries;
import dev.synod.raft.protocol.RaftMessage.AppendRejected;
import dev.synod.raft.protocol.RaftMessage.Heartbeat;
import dev.synod.raft.protocol.RaftMessage.HeartbeatReply;
import dev.synod.raft.protocol.RaftMessage.InstallSnapshot;
import dev.synod.raft.protocol.RaftMessage.PreVoteReply;
import dev.synod.raft.protocol.RaftMessage.RemovalNotice;
import dev.synod.raft.protocol.RaftMessage.RequestPreVote;
import dev.synod.raft.protocol.RaftMessage.RequestVote;
import dev.synod.raft.protocol.RaftMessage.VoteReply;
import java.util.ArrayList;
import java.util.Optional;

/**
 * What a server is at the moment (§5.1), and with it all that it decides. Every role answers every
 * message; what only one role does is a method of that role.
 */
public sealed interface Role extends RaftMessage.Cases<Step> permits Follower, Electing, Leader {

  /** What is to be done about a {@link #misfit}. */
  String MISFIT =
      """
      this store holds a witness's log, without what entries say, and the group takes it for a \
      full replica, or it was one and is sent entries as a witness is: remove it from the group, \
      empty its data directory, and let it join anew\
      """;

  Server server();

  /** The same role of the same server, which knows or wants something else. */
  Role with(Server changed);

  /**
   * The same role by other settings, which count from the next message on: what was sent by the
   * older ones is answered all the same.
   */
  default Role retuned(ReplicationLimits limits, int priority) {
    return with(server().with(limits).with(server().priority().valued(priority)));
  }

  TermState state();

  /** Figure 2's volatile {@code commitIndex}. */
  long commitIndex();

  /**
   * Whether it keeps where entries stand and nothing else: by its log's word, or since it has taken
   * some without their payloads. It votes, and never stands.
   */
  default boolean isWitness() {
    return state().witness() || server().isWitness();
  }

  /**
   * Why it can take no part: others count on it to have what it has not. Such a change of members
   * is refused where it is known; a store that was a witness in an earlier life is not.
   */
  default Optional<String> misfit() {
    return state().witness() && server().configuration().isFull(self())
        ? Optional.of(MISFIT)
        : Optional.empty();
  }

  /** Whom clients should turn to, if known. */
  Optional<StoreId> leader();

  default StoreId self() {
    return server().self();
  }

  default Term term() {
    return state().currentTerm();
  }

  /**
   * Fig. 2, "all servers": a newer term turns us into a follower of it, first. Unless we are {@link
   * #isDeafTo}.
   */
  default Step receive(RaftMessage message) {
    var step = heard(message);
    return message instanceof RequestPreVote && server().hasRemoved(message.from(), commitIndex())
        ? noticed(step, message.from())
        : step;
  }

  private Step heard(RaftMessage message) {
    if (!message.term().isAfter(term())) {
      return message.match(this);
    }
    if (isDeafTo(message)) {
      return stay();
    }
    var newTerm = state().in(message.term());
    var follower = new Follower(server(), newTerm, commitIndex(), Optional.empty(), hasPromised());
    var step = message.match(follower);
    var gated = new Step(follower, step.after(), step.gatedEffects());
    return step.after().state().equals(newTerm)
        ? gated.following(this, leaving(new Effect.Save(newTerm)))
        : gated.following(this, leaving());
  }

  /**
   * §6: a server that is not of the group any more is told so, and has its answer all the same: it
   * may be one that we have not heard of yet, whose group needs our vote.
   */
  private Step noticed(Step step, StoreId removed) {
    long version = server().memberships().committed(commitIndex()).version();
    var notice = new RemovalNotice(self(), step.after().term(), version);
    var effects = new ArrayList<>(step.effects());
    effects.add(new Effect.WhenDurable(new Effect.Send(removed, notice)));
    return new Step(this, step.after(), effects);
  }

  /** §6: a server that is not of the group any more stands no more. Leaders know better. */
  @Override
  default Step removalNotice(RemovalNotice notice) {
    return stay();
  }

  /**
   * §6: within the minimum election timeout of hearing a leader, a request for a vote is ignored
   * and its term with it, so that a server which was cut off or removed can't depose a working
   * leader. The same holds for asking whether we would vote. The leader's own request to hand over
   * is heard.
   */
  default boolean isDeafTo(RaftMessage message) {
    return hearsLeader()
        && (message instanceof RequestPreVote
            || (message instanceof RequestVote request && !request.handover()));
  }

  /** Whether a leader was heard within the minimum election timeout. */
  boolean hearsLeader();

  /**
   * Whether it told a leader by its answer that it will vote for nobody for the minimum election
   * timeout (thesis §6.4.1). A new term does not end that.
   */
  default boolean hasPromised() {
    return false;
  }

  /** No leader was heard for a random time between the election timeouts (§5.2). */
  default Step electionTimeout() {
    return stay();
  }

  /** No leader was heard for the minimum election timeout (§6). */
  default Step leaderSilent() {
    return stay();
  }

  /** Thesis §9.6: we would vote for a log as up-to-date as ours, if we hear no leader. */
  @Override
  default Step requestPreVote(RequestPreVote request) {
    boolean granted =
        !hearsLeader()
            && !term().isAfter(request.term())
            && request.lastLog().isAtLeastAsUpToDateAs(server().log().last());
    return stay(new Effect.Send(request.from(), new PreVoteReply(self(), term(), granted)));
  }

  @Override
  default Step preVoteReply(PreVoteReply reply) {
    return stay();
  }

  /**
   * §5.1: a request from an older term is refused; so is one for a second vote. Followers decide
   * the rest.
   */
  @Override
  default Step requestVote(RequestVote request) {
    return stay(
        new Effect.WhenDurable(
            new Effect.Send(request.from(), new VoteReply(self(), term(), false))));
  }

  @Override
  default Step voteReply(VoteReply reply) {
    return stay();
  }

  @Override
  default Step appendAccepted(AppendAccepted reply) {
    return stay();
  }

  @Override
  default Step appendRejected(AppendRejected reply) {
    return stay();
  }

  @Override
  default Step heartbeatReply(HeartbeatReply reply) {
    return stay();
  }

  @Override
  default Step requestReadIndex(RaftMessage.RequestReadIndex request) {
    return stay();
  }

  @Override
  default Step readIndexReply(RaftMessage.ReadIndexReply reply) {
    return stay();
  }

  @Override
  default Step timeoutNow(RaftMessage.TimeoutNow request) {
    return stay();
  }

  /** The same role, with these effects. */
  default Step stay(Effect... effects) {
    return Step.of(this, this, effects);
  }

  /** What leaving this role takes, before anything else. */
  default Effect[] leaving(Effect... then) {
    return then;
  }

  /** §5.1: the sender's term is over; our own tells it so. */
  default Step refuse(AppendEntries append) {
    return stay(
        new Effect.Send(
            append.from(),
            new AppendRejected(self(), term(), append.previous().index(), server().log().last())));
  }

  /** §5.1: the sender's term is over; our own tells it so. */
  default Step refuse(Heartbeat heartbeat) {
    return stay(answer(heartbeat));
  }

  /** §8: "I know of no later term than this." */
  default Effect answer(Heartbeat heartbeat) {
    return new Effect.Send(
        heartbeat.from(),
        new HeartbeatReply(self(), term(), heartbeat.round(), server().priority().value()));
  }

  /** §7: the sender's term is over; our own tells it so. */
  default Step refuse(InstallSnapshot snapshot) {
    return stay(
        new Effect.Send(
            snapshot.from(),
            new AppendRejected(
                self(), term(), snapshot.lastIncluded().index(), server().log().last())));
  }
}
