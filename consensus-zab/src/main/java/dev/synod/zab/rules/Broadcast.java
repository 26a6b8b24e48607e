package dev.synod.zab.rules;

import dev.synod.core.LogPosition;
import dev.synod.core.StoreId;
import dev.synod.log.LogView;
import dev.synod.zab.protocol.ZabMessage;
import dev.synod.zab.protocol.ZabMessage.AckEpoch;
import dev.synod.zab.protocol.ZabMessage.Commit;
import dev.synod.zab.protocol.ZabMessage.NewLeader;
import dev.synod.zab.protocol.ZabMessage.Ping;
import dev.synod.zab.protocol.ZabMessage.Truncate;
import dev.synod.zab.protocol.ZabMessage.UpToDate;
import java.util.ArrayList;
import java.util.List;

/** What a leader sends to whom next, in phases 2 and 3. */
final class Broadcast {

  private Broadcast() {}

  /**
   * Phase 2: brings a history that ends there closer to the leader's (Medeiros §4.3). SNAP if what
   * it lacks is compacted away, TRUNC if it has what the leader has not, DIFF if it lacks something
   * of the initial history, NEWLEADER if it lacks nothing of that. Its answer says how to go on.
   */
  static Learner synchronize(Leading leader, Learner learner, AckEpoch from, List<Effect> effects) {
    var log = leader.server().log();
    var last = from.last();
    var to = learner.store();
    boolean isCompacted =
        last.index() < log.base().index() || log.base().term().isAfter(last.term());
    if (isCompacted) {
      if (!learner.installing()) {
        effects.add(new Effect.SendSnapshot(to));
      }
      return learner.installing(true);
    }
    if (!Histories.holds(log, last)) {
      var common = Histories.lastAtMost(log, last);
      effects.add(send(to, new Truncate(leader.self(), leader.epoch(), common)));
    } else if (last.index() < leader.start().index()) {
      long end = within(leader, log, last.index() + 1, leader.start().index());
      effects.add(entries(leader, log, learner, last.index(), end));
    } else {
      effects.add(send(to, new NewLeader(leader.self(), leader.epoch(), leader.start())));
    }
    return learner.installing(false);
  }

  /**
   * Phase 3: sends everyone what it lacks, as far as its window allows, and what is committed. Who
   * votes, or is to vote, gets proposals, who observes what is committed only.
   */
  static Leading feedAll(Leading leader, LogView log, List<Effect> effects) {
    return leader.with(leader.learners().map(learner -> feed(leader, log, learner, effects)));
  }

  private static Learner feed(Leading leader, LogView log, Learner learner, List<Effect> effects) {
    if (!learner.follows() || learner.installing()) {
      return learner;
    }
    long end = learner.proposed() ? log.last().index() : leader.commitIndex();
    if (learner.next() <= Math.min(end, log.base().index())) {
      effects.add(new Effect.SendSnapshot(learner.store()));
      return learner.installing(true);
    }
    long window = leader.server().limits().entriesInFlightMax();
    var fed = learner;
    while (fed.next() <= end && fed.next() - 1 - fed.match() < window) {
      long last = within(leader, log, fed.next(), end);
      effects.add(entries(leader, log, fed, fed.next() - 1, last));
      fed = fed.sent(last, leader.commitIndex());
    }
    return told(leader, fed, effects);
  }

  /** What nothing else carries: that it may serve clients, or up to where all is committed. */
  private static Learner told(Leading leader, Learner learner, List<Effect> effects) {
    long commit = leader.commitIndex();
    if (leader.phase() != Phase.BROADCAST) {
      return learner;
    }
    if (!learner.upToDate() && learner.match() >= learner.target()) {
      effects.add(send(learner.store(), new UpToDate(leader.self(), leader.epoch(), commit)));
      return learner.serving().sent(learner.next() - 1, commit);
    }
    if (learner.proposed() && learner.told() < commit) {
      effects.add(send(learner.store(), new Commit(leader.self(), leader.epoch(), commit)));
      return learner.sent(learner.next() - 1, commit);
    }
    return learner;
  }

  /**
   * What was sent and is not acknowledged may be lost: asks whether it is there. Who observes takes
   * what it is asked about for committed, and may have been sent more while it was to vote.
   */
  static void retry(Leading leader, List<Effect> effects) {
    var log = leader.server().log();
    for (Learner learner : leader.learners().all()) {
      long most = learner.proposed() ? Long.MAX_VALUE : leader.commitIndex();
      long sent = Math.min(learner.next() - 1, most);
      boolean isAsked = learner.follows() && !learner.installing() && sent > learner.match();
      if (isAsked && sent >= log.base().index() && sent <= log.last().index()) {
        effects.add(entries(leader, log, learner, sent, sent));
      }
    }
  }

  /** "I lead", to everyone, and what is committed as far as it is known to be there. */
  static void ping(Leading leader, List<Effect> effects) {
    for (Learner learner : leader.learners().all()) {
      long known = Math.max(0, Math.min(leader.commitIndex(), learner.match()));
      long round = leader.reads().round();
      effects.add(send(learner.store(), new Ping(leader.self(), leader.epoch(), known, round)));
    }
  }

  private static long within(Leading leader, LogView log, long from, long end) {
    var limits = leader.server().limits();
    return Math.min(
        end, log.lastIndexWithin(from, limits.entriesPerProposeMax(), limits.bytesPerProposeMax()));
  }

  private static Effect entries(
      Leading leader, LogView log, Learner to, long previousIndex, long lastIndex) {
    var previous = new LogPosition(previousIndex, log.termAt(previousIndex));
    long commit = leader.commitIndex();
    return new Effect.SendEntries(
        to.store(), leader.epoch(), previous, lastIndex, commit, !to.proposed());
  }

  private static Effect send(StoreId to, ZabMessage message) {
    return new Effect.Send(to, message);
  }

  /** The same, but once everything written so far is durable. */
  static List<Effect> gated(List<Effect> effects) {
    var gated = new ArrayList<Effect>(effects.size());
    effects.forEach(effect -> gated.add(new Effect.WhenDurable(effect)));
    return gated;
  }
}
