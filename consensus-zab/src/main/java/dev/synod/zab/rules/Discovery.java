package dev.synod.zab.rules;

import dev.synod.core.Invariants;
import dev.synod.core.StoreId;
import dev.synod.core.Term;
import dev.synod.zab.protocol.PeerState;
import dev.synod.zab.protocol.ZabMessage.AckEpoch;
import dev.synod.zab.protocol.ZabMessage.AckNewLeader;
import dev.synod.zab.protocol.ZabMessage.FollowerEpoch;
import dev.synod.zab.protocol.ZabMessage.NewEpoch;
import dev.synod.zab.protocol.ZabMessage.Notification;
import dev.synod.zab.protocol.ZabMessage.RemovalNotice;
import dev.synod.zab.protocol.Zxid;
import java.util.ArrayList;
import java.util.List;

/** Phase 1 as the leader has it (Zab §V-B): an epoch that no other leader can have. */
final class Discovery {

  private Discovery() {}

  /**
   * As long as no quorum follows it, one whose history is newer may still stand: it makes way, or
   * two that lead nobody could go on taking turns, for servers with an older configuration may need
   * both. Who votes for this one by what it had in a former life speaks of nobody better. Who looks
   * for a leader is told of this one else.
   */
  static Step notified(Leading leader, Notification message) {
    if (message.state() != PeerState.LOOKING) {
      return leader.stay();
    }
    boolean makesWay =
        !leader.hasEpoch()
            && message.round() >= leader.round()
            && message.namesOne()
            && !message.vote().leader().equals(leader.self())
            && Looking.isNewer(message.vote(), leader.vote());
    if (!makesWay) {
      return leader.stay(new Effect.Send(message.from(), leader.notice()));
    }
    var looking = leader.giveUp();
    return looking.after().notification(message).following(leader, looking.effects());
  }

  /**
   * CEPOCH. Who has accepted a later epoch than this leader's could never follow it, so the leader
   * finds a later one.
   */
  static Step introduced(Leading leader, FollowerEpoch message) {
    var learner = leader.learners().of(message.from());
    if (learner.isEmpty()) {
      return removed(leader, message.from());
    }
    var introduced = learner.get().introduced(message.acceptedEpoch());
    var known = leader.with(leader.learners().with(introduced));
    if (!leader.hasEpoch()) {
      return discovered(known).following(leader, List.of());
    }
    if (message.acceptedEpoch().isAfter(leader.epoch())) {
      return outdated(leader, message.acceptedEpoch());
    }
    return Step.of(leader, known, new Effect.WhenDurable(newEpoch(known, message.from())));
  }

  /**
   * Who is not of the group any more, and asks to be let in, is told so. It may have been let in by
   * what is not committed yet, so this waits until a quorum has gone on without it.
   */
  private static Step removed(Leading leader, StoreId store) {
    var committed = leader.server().memberships().committed(leader.commitIndex());
    boolean isOut = leader.phase() == Phase.BROADCAST && committed.member(store).isEmpty();
    return isOut
        ? leader.stay(
            new Effect.Send(
                store, new RemovalNotice(leader.self(), leader.epoch(), committed.version())))
        : leader.stay();
  }

  /** It accepts that epoch itself, so that whatever leader comes next finds a later one. */
  private static Step outdated(Leading leader, Term later) {
    var accepting = leader.epochs().accepting(later);
    var looking = Looking.starting(leader.in(leader.phase(), accepting));
    var effects = new ArrayList<Effect>();
    effects.add(new Effect.Save(accepting));
    for (Effect effect : looking.effects()) {
      effects.add(effect instanceof Effect.Send ? new Effect.WhenDurable(effect) : effect);
    }
    return new Step(leader, looking.after(), effects);
  }

  /**
   * One that left and came back while it followed has not introduced itself, and does not know that
   * it should: it is asked what it has.
   */
  static void invite(Leading leader, Learner learner, List<Effect> effects) {
    if (leader.phase() == Phase.BROADCAST
        && learner.accepted().isEmpty()
        && !learner.follows()
        && !learner.installing()) {
      effects.add(newEpoch(leader, learner.store()));
    }
  }

  private static Effect newEpoch(Leading leader, StoreId to) {
    return new Effect.Send(to, new NewEpoch(leader.self(), leader.epoch()));
  }

  /**
   * NEWEPOCH: with the words of a quorum, an epoch that is later than all they have accepted. The
   * leader accepts it itself before anybody hears of it, so no epoch is used twice, by another life
   * of this server neither.
   */
  static Step discovered(Leading leader) {
    var learners = leader.learners();
    boolean isMet =
        leader
            .server()
            .quorum()
            .isMetBy(
                store ->
                    store.equals(leader.self())
                        || learners.has(store, one -> one.accepted().isPresent()));
    if (!isMet) {
      return leader.stay();
    }
    var latest = leader.epochs().accepted();
    for (Learner learner : learners.all()) {
      var accepted = learner.accepted().orElse(Term.ZERO);
      latest = accepted.isAfter(latest) ? accepted : latest;
    }
    var found = latest.next();
    Invariants.check(found.number() <= Zxid.MAX, "no epoch is left after %s", latest.number());
    var accepting = leader.epochs().accepting(found);
    var tenure = leader.tenure().in(found);
    var after = leader.in(leader.phase(), accepting).with(tenure);
    var own = new AckEpoch(leader.self(), found, true, tenure.history(), tenure.start());
    var effects = new ArrayList<Effect>();
    effects.add(new Effect.Save(accepting));
    effects.add(new Effect.WhenDurable(new Effect.Send(leader.self(), own)));
    for (Learner learner : learners.all()) {
      if (learner.accepted().isPresent()) {
        effects.add(new Effect.WhenDurable(newEpoch(after, learner.store())));
      }
    }
    return new Step(leader, after, effects);
  }

  /**
   * ACK-E of the leader's epoch: nobody who counts may have a newer history, or something that was
   * committed could be missing here.
   */
  static Step acknowledged(Leading leader, AckEpoch message) {
    if (message.from().equals(leader.self())) {
      return counted(leader, leader.with(leader.tenure().counting()), message);
    }
    var learner = leader.learners().of(message.from());
    if (learner.isEmpty()) {
      return leader.stay();
    }
    boolean counts = message.counts() && leader.server().isVoter(message.from());
    if (leader.phase() == Phase.DISCOVERY && counts && leader.tenure().isBehind(message)) {
      return leader.giveUp();
    }
    var known = learner.get().acknowledging(message.counts());
    return counted(leader, leader.with(leader.learners().with(known)), message);
  }

  private static Step counted(Leading before, Leading known, AckEpoch message) {
    if (known.phase() != Phase.DISCOVERY) {
      return known.synchronizing(before, message);
    }
    var learners = known.learners();
    boolean isMet =
        known
            .server()
            .quorum()
            .isMetBy(
                store ->
                    store.equals(known.self())
                        ? known.tenure().counted()
                        : learners.has(store, Learner::counted));
    if (!isMet) {
      return Step.of(before, known);
    }
    var over = known.epochs().takingOver();
    var after = known.in(Phase.SYNCHRONIZATION, over);
    var own = new AckNewLeader(known.self(), known.epoch(), known.start().index());
    var synced = after.synchronizing(after, message);
    var effects = new ArrayList<Effect>();
    effects.add(new Effect.Save(over));
    effects.add(new Effect.WhenDurable(new Effect.Send(known.self(), own)));
    effects.addAll(Broadcast.gated(synced.effects()));
    return new Step(before, synced.after(), effects);
  }
}
