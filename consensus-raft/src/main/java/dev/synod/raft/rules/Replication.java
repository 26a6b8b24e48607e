package dev.synod.raft.rules;

import dev.synod.core.LogPosition;
import dev.synod.core.StoreId;
import dev.synod.log.LogView;
import dev.synod.raft.protocol.RaftMessage.AppendAccepted;
import dev.synod.raft.protocol.RaftMessage.AppendRejected;
import dev.synod.raft.protocol.RaftMessage.Heartbeat;
import dev.synod.raft.rules.Progress.Mode;
import java.util.List;

/** §5.3: which entries go to which follower next, and what its answers teach. */
final class Replication {

  private Replication() {}

  /**
   * Sends every follower what it lacks, as far as its window allows, and the commit index where
   * nothing else carries it.
   */
  static Followers feedAll(Leader leader, Server server, List<Effect> effects) {
    return leader.followers().map(progress -> feed(leader, server.log(), progress, effects));
  }

  private static Progress feed(
      Leader leader, LogView log, Progress progress, List<Effect> effects) {
    var limits = leader.server().limits();
    var fed = progress;
    while (fed.next() <= log.last().index() && fed.mayBeSentMore(limits)) {
      if (fed.next() <= log.base().index()) {
        effects.add(new Effect.SendSnapshot(fed.store()));
        return fed.awaitingSnapshot();
      }
      long end =
          log.lastIndexWithin(fed.next(), limits.entriesPerAppendMax(), limits.bytesPerAppendMax());
      effects.add(append(leader, log, fed.store(), fed.next() - 1, end));
      fed = fed.sent(end, leader.commitIndex());
    }
    return told(leader, fed, effects);
  }

  /**
   * An idle follower learns at once what is committed, and has nothing to say to that; a busy one
   * learns it with its next append.
   */
  private static Progress told(Leader leader, Progress progress, List<Effect> effects) {
    boolean knows = progress.toldCommit() >= Math.min(leader.commitIndex(), progress.match());
    if (knows || progress.mode() != Mode.REPLICATE || progress.inflight().count() > 0) {
      return progress;
    }
    effects.add(heartbeat(leader, progress, Heartbeat.UNANSWERED));
    return progress.told(leader.commitIndex());
  }

  /**
   * A message or its answer may be lost: probes are repeated, pipelines asked where they are. Where
   * all is sent but no match is known, as after a snapshot, an empty append asks for it.
   */
  static Progress retried(Leader leader, Progress progress, List<Effect> effects) {
    var log = leader.server().log();
    boolean asked = progress.inflight().count() > 0;
    boolean unsure = progress.mode() == Mode.PROBE && progress.next() > log.last().index();
    if (!progress.heard() || !(asked || unsure)) {
      return progress;
    }
    boolean probes = progress.mode() == Mode.PROBE || progress.next() <= log.base().index();
    if (unsure || !probes) {
      effects.add(append(leader, log, progress.store(), progress.next() - 1, progress.next() - 1));
    }
    return probes ? progress.probingFrom(progress.next()) : progress;
  }

  /** "I lead", to every follower, with the commit index as far as it is known to hold there. */
  static void beat(Leader leader, long round, List<Effect> effects) {
    for (Progress progress : leader.followers().all()) {
      effects.add(heartbeat(leader, progress, round));
    }
  }

  private static Effect heartbeat(Leader leader, Progress progress, long round) {
    long safeCommit = Math.min(leader.commitIndex(), progress.match());
    return new Effect.Send(
        progress.store(), new Heartbeat(leader.self(), leader.term(), safeCommit, round));
  }

  /** Fig. 2, leaders: if successful, update nextIndex and matchIndex. */
  static Progress accepted(Server server, Progress progress, AppendAccepted reply) {
    boolean awaitsSnapshot =
        progress.mode() == Mode.SNAPSHOT && reply.matchIndex() < server.log().base().index();
    return awaitsSnapshot ? progress.heardFrom() : progress.accepted(reply.matchIndex());
  }

  /**
   * §5.3, end: skips to the last entry that both logs may hold; late answers are recognised by
   * their place. A follower that refuses what it had accepted has lost its log: it is asked again
   * at heartbeats only, and shows as lagging.
   */
  static Progress rejected(Server server, Progress progress, AppendRejected reply) {
    boolean late =
        switch (progress.mode()) {
          case SNAPSHOT -> true;
          case PROBE -> reply.previousIndex() != progress.next() - 1;
          case REPLICATE -> reply.previousIndex() <= progress.match();
        };
    if (late) {
      return progress.heardFrom();
    }
    if (reply.previousIndex() <= progress.match()) {
      return progress.heardFrom().stalled();
    }
    var log = server.log();
    boolean compacted = reply.hint().index() < log.base().index();
    long match =
        compacted ? reply.hint().index() : Matching.lastPossibleMatch(log, reply.hint()).index();
    return progress.heardFrom().probingFrom(Math.min(reply.previousIndex(), match + 1));
  }

  private static Effect append(
      Leader leader, LogView log, StoreId to, long previousIndex, long lastIndex) {
    var previous = new LogPosition(previousIndex, log.termAt(previousIndex));
    boolean witnessed = leader.server().configuration().isWitness(to);
    return new Effect.SendEntries(
        to, leader.term(), previous, lastIndex, leader.commitIndex(), witnessed);
  }
}
