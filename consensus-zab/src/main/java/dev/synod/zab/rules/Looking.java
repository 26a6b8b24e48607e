package dev.synod.zab.rules;

import dev.synod.core.StoreId;
import dev.synod.zab.protocol.PeerState;
import dev.synod.zab.protocol.Vote;
import dev.synod.zab.protocol.ZabMessage;
import dev.synod.zab.protocol.ZabMessage.Notification;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Phase 0, as ZooKeeper's fast leader election has it (Medeiros §4.1): all look for the server with
 * the newest history, so that it needs none of theirs. Nothing depends on the outcome but how soon
 * there is a leader: discovery counts for itself.
 *
 * @param vote for the best that it has heard of in this round
 * @param heard the last word of each server that votes
 * @param finalizing whether a quorum agrees, and it waits for somebody better to turn up
 * @param candidacy whether it stands for election itself
 */
public record Looking(
    Server server,
    Epochs epochs,
    long commitIndex,
    long round,
    Vote vote,
    List<Notification> heard,
    boolean finalizing,
    Candidacy candidacy)
    implements Role {

  /** The newest history first of all, then the higher id, so that no two servers are alike. */
  private static final Comparator<Vote> NEWNESS =
      Comparator.comparing(Vote::epoch).thenComparing(Vote::last).thenComparing(Vote::leader);

  private static final Comparator<Vote> HISTORY =
      Comparator.comparing(Vote::epoch).thenComparing(Vote::last);

  /** A server that has just started. {@link #begin} makes it look. */
  public static Looking atStart(Server server, Epochs epochs, long commitIndex) {
    return new Looking(
        server, epochs, commitIndex, 0, own(server, epochs), List.of(), false, Candidacy.STANDING);
  }

  /** Its first election. */
  public Step begin() {
    return starting(this);
  }

  /**
   * Medeiros, Algorithm 4, 1 to 5: a new round, in which it votes for itself. Who was told that it
   * is not of the group any more asks nobody, and waits for a leader that thinks otherwise.
   */
  static Step starting(Role before) {
    return starting(before, Candidacy.STANDING);
  }

  private static Step starting(Role before, Candidacy candidacy) {
    var server = before.server();
    var looking = resting(before).as(candidacy);
    var effects = new ArrayList<>(before.leaving());
    if (server.isRemoved()) {
      return new Step(before, looking, effects);
    }
    effects.add(Effect.Timer.START_ELECTION);
    looking.tellAll(effects);
    return looking.counted(before, effects, true);
  }

  /** Between two leaders: it asks nobody, since it knows already whom to join. */
  static Looking resting(Role before) {
    return new Looking(
        before.server(),
        before.epochs(),
        before.commitIndex(),
        before.round() + 1,
        own(before.server(), before.epochs()),
        List.of(),
        false,
        Candidacy.STANDING);
  }

  private Looking as(Candidacy changed) {
    return new Looking(server, epochs, commitIndex, round, vote, heard, finalizing, changed);
  }

  private static Vote own(Server server, Epochs epochs) {
    return new Vote(server.self(), epochs.current(), server.log().last());
  }

  @Override
  public Looking with(ZabLimits limits) {
    return new Looking(
        server.with(limits), epochs, commitIndex, round, vote, heard, finalizing, candidacy);
  }

  @Override
  public PeerState state() {
    return PeerState.LOOKING;
  }

  @Override
  public Optional<StoreId> leader() {
    return Optional.empty();
  }

  @Override
  public Phase phase() {
    return Phase.DISCOVERY;
  }

  @Override
  public List<Effect> leaving() {
    return List.of(Effect.Timer.STOP_ELECTION, Effect.Timer.STOP_FINALIZE);
  }

  @Override
  public Notification notice() {
    return new Notification(self(), round, state(), mayStand(), vote);
  }

  /** Also whom it votes for, if that is one that it does not know as a voter. */
  private void tellAll(List<Effect> effects) {
    var electors = server.electors();
    electors.forEach(to -> effects.add(new Effect.Send(to, notice())));
    var wanted = vote.leader();
    if (!wanted.equals(self()) && !electors.contains(wanted)) {
      effects.add(new Effect.Send(wanted, notice()));
    }
  }

  /** What was said may be lost: it is said again. */
  public Step electionDue() {
    if (server.isRemoved()) {
      return stay();
    }
    var effects = new ArrayList<Effect>();
    var after = as(candidacy.reminded());
    after.tellAll(effects);
    return new Step(this, after, effects);
  }

  /** CEPOCH of who has decided for this server, which may not be able to lead. */
  @Override
  public Step followerEpoch(ZabMessage.FollowerEpoch message) {
    if (!vote.leader().equals(self()) || !mayBeInVain() || isMet()) {
      return stay();
    }
    var joined = candidacy.joinedBy(message.from());
    return joined.stands() ? Step.of(this, as(joined)) : starting(this, joined);
  }

  /** If its configuration is committed, others are no quorum without those that it needs. */
  private boolean mayBeInVain() {
    return mayStand() && !server.isRemoved() && !server.memberships().isCommitted(commitIndex);
  }

  /** Nobody better has turned up. */
  public Step finalizeDue() {
    return finalizing && isMet() ? decided(this, List.of()) : stay();
  }

  /**
   * Medeiros, Algorithm 4, 8 to 35. Others are listened to, be they voters by what this server
   * knows or not: they may have heard of a later configuration. Who observes does not stand; what
   * he thinks of others is heard, for he may have a vote by a configuration that he has not heard
   * of, and so his later round is joined.
   */
  @Override
  public Step notification(Notification message) {
    if (message.state() != PeerState.LOOKING) {
      return joined(hearing(round, vote, message));
    }
    boolean isLater = message.round() > round;
    if (!message.namesOne() && !isLater) {
      return stay();
    }
    if (message.round() < round) {
      return stay(new Effect.Send(message.from(), notice()));
    }
    var known = isLater ? own(server, epochs) : vote;
    var stands = isLater ? candidacy.inNextRound() : candidacy;
    boolean takes = message.namesOne() && as(stands).prefers(message.vote(), known);
    var next = takes ? message.vote() : known;
    var after = hearing(message.round(), next, message);
    var effects = new ArrayList<Effect>();
    boolean changed = isLater || takes;
    if (changed) {
      after.tellAll(effects);
    }
    if (message.namesOne()) {
      after.answerStranger(message, effects);
    }
    return after.counted(this, effects, changed);
  }

  /** Who stands for election, and is not asked by this server, learns what it thinks of that. */
  private void answerStranger(Notification message, List<Effect> effects) {
    boolean stands = message.vote().leader().equals(message.from());
    if (stands && !server.isVoter(message.from()) && mayStand()) {
      effects.add(new Effect.Send(message.from(), notice()));
    }
  }

  /**
   * A leader says that this server is of its group, whatever that was when it was heard of last.
   * Nothing depends on whether that leads still: this server looks again if it does not. As long as
   * it abstains it joins nobody but whom it votes for: one with an older history, about to lead,
   * would have to make way for it.
   */
  @Override
  public Step ping(ZabMessage.Ping message) {
    return epochs.accepted().isAfter(message.epoch()) || !mayJoin(message.from())
        ? stay()
        : Joined.joining(this, message.from());
  }

  /** Who does not stand prefers to itself whoever has as new a history, whatever the ids. */
  private boolean prefers(Vote one, Vote other) {
    boolean givesWay = !candidacy.stands() && other.leader().equals(self());
    return isNewer(one, other) || (givesWay && HISTORY.compare(one, other) >= 0);
  }

  /** Whether that one is to be preferred. */
  static boolean isNewer(Vote one, Vote other) {
    return NEWNESS.compare(one, other) > 0;
  }

  /** Votes of one server only get better within a round: an older one may come late. */
  private Looking hearing(long newRound, Vote newVote, Notification message) {
    var before = heard(message.from());
    boolean late =
        before.isPresent()
            && message.state() == PeerState.LOOKING
            && before.get().state() == PeerState.LOOKING
            && before.get().round() == message.round()
            && before.get().namesOne()
            && isNewer(before.get().vote(), message.vote());
    var others = heard.stream().filter(other -> !other.from().equals(message.from()));
    var all = late ? heard : Stream.concat(others, Stream.of(message)).toList();
    boolean isSame = newRound == round;
    var stands = isSame ? candidacy : candidacy.inNextRound();
    return new Looking(
        server, epochs, commitIndex, newRound, newVote, all, finalizing && isSame, stands);
  }

  private Optional<Notification> heard(StoreId store) {
    return heard.stream().filter(one -> one.from().equals(store)).findFirst();
  }

  /** Also who has decided in this round: a server may need it that was not told of its vote. */
  private boolean agrees(StoreId store) {
    return store.equals(self())
        || heard(store)
            .filter(one -> one.round() == round)
            .filter(
                one ->
                    one.state() == PeerState.LOOKING
                        ? one.vote().equals(vote)
                        : one.vote().leader().equals(vote.leader()))
            .isPresent();
  }

  private boolean mayJoin(StoreId leader) {
    return candidacy.stands() || vote.leader().equals(leader);
  }

  private boolean mayStand() {
    return candidacy.stands() && server.mayStand(commitIndex);
  }

  private boolean isMet() {
    boolean isFree = candidacy.stands() || !vote.leader().equals(self());
    return isFree && server.mayStand(commitIndex) && server.quorum().isMetBy(this::agrees);
  }

  /**
   * Once a quorum agrees, it waits a while for better ones, unless all have said what they think.
   * Who decides alone among others waits, too: its epoch begins with the election, in a step in
   * which it has then nothing to say.
   */
  private Step counted(Role before, List<Effect> effects, boolean changed) {
    if (!isMet()) {
      if (finalizing) {
        effects.add(Effect.Timer.STOP_FINALIZE);
      }
      return new Step(before, finalizing(false), effects);
    }
    var quorum = server.quorum();
    boolean isAlone = quorum.isMetBy(self()::equals) && !server.electors().isEmpty();
    if (!isAlone && quorum.members().stream().filter(quorum::counts).allMatch(this::agrees)) {
      return decided(before, effects);
    }
    if (changed || !finalizing) {
      effects.add(Effect.Timer.START_FINALIZE);
    }
    return new Step(before, finalizing(true), effects);
  }

  private Looking finalizing(boolean now) {
    return new Looking(server, epochs, commitIndex, round, vote, heard, now, candidacy);
  }

  private Step decided(Role before, List<Effect> effects) {
    var step =
        vote.leader().equals(self()) ? Leading.elected(this) : Joined.joining(this, vote.leader());
    return step.following(before, effects);
  }

  /**
   * Medeiros, Algorithm 4, 36 to 45: a leader that says so, and that a quorum follows, is joined
   * whatever the round; who agrees with them counts himself. One that is no voter by what this
   * server knows has another quorum, so its word is enough; so is that of whom this server has
   * helped to elect, since others that both need may not know this one, and tell it nothing.
   */
  private Step joined(Looking after) {
    for (Notification one : after.heard) {
      var leader = one.from();
      if (one.state() == PeerState.LEADING
          && mayJoin(leader)
          && !leader.equals(self())
          && (!server.isVoter(leader)
              || after.hasElected(one)
              || server.quorum().isMetBy(store -> after.isWith(store, leader)))) {
        return Joined.joining(after, leader).following(this, List.of());
      }
    }
    return after.counted(this, new ArrayList<>(), false);
  }

  /** Whether that one leads by the election in which this server votes for it. */
  private boolean hasElected(Notification one) {
    return one.round() == round && vote.leader().equals(one.from());
  }

  private boolean isWith(StoreId store, StoreId leader) {
    if (store.equals(self())) {
      return vote.leader().equals(leader);
    }
    return heard(store)
        .filter(one -> one.state() != PeerState.LOOKING && one.vote().leader().equals(leader))
        .isPresent();
  }
}
