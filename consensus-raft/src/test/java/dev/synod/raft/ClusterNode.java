package dev.synod.raft;

import dev.synod.core.Configuration;
import dev.synod.core.Entry;
import dev.synod.core.StoreId;
import dev.synod.raft.protocol.RaftMessage;
import dev.synod.raft.protocol.RaftMessage.AppendEntries;
import dev.synod.raft.rules.Effect;
import dev.synod.raft.rules.Effect.ConfirmRead;
import dev.synod.raft.rules.Follower;
import dev.synod.raft.rules.Priority;
import dev.synod.raft.rules.ReplicationLimits;
import dev.synod.raft.rules.Role;
import dev.synod.raft.rules.Server;
import dev.synod.raft.rules.Step;
import dev.synod.raft.rules.TermState;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/**
 * One server of a {@link Cluster}: a role, a log and a disk that both are lists. Writes wait in a
 * queue, with what waits for them, until the disk syncs: at once, or by hand.
 */
final class ClusterNode {

  private final Cluster cluster;
  private final Configuration configuration;
  private final ReplicationLimits limits;
  private final Deque<Effect> unsynced = new ArrayDeque<>();
  private final Deque<RaftMessage> toSelf = new ArrayDeque<>();
  private final StoreId self;

  private Priority priority = Priority.of(1);
  private ListLog disk = ListLog.of();
  private TermState saved = TermState.INITIAL;
  private boolean syncsAtOnce = true;
  private long appliedIndex;

  ListLog log = ListLog.of();
  Role role;
  final List<ConfirmRead> confirmedReads = new ArrayList<>();
  final List<StoreId> snapshotsDue = new ArrayList<>();

  ClusterNode(
      Cluster cluster, StoreId self, Configuration configuration, ReplicationLimits limits) {
    this.cluster = cluster;
    this.self = self;
    this.configuration = configuration;
    this.limits = limits;
    this.role = starting();
  }

  private Follower starting() {
    return Follower.atStart(Server.of(self, configuration, log, limits, priority), saved, 0);
  }

  /** Before the story begins, it had this term and log, all durable. */
  void began(long term, ListLog logThen) {
    saved = RaftFixture.notVoted(term);
    disk = logThen;
    crash();
  }

  /** So much it is wanted as leader, from its next start on, which is now. */
  void isWanted(int value) {
    priority = Priority.of(value);
    crash();
  }

  /** Everything not synced is gone; it starts again as a follower. */
  void crash() {
    unsynced.clear();
    toSelf.clear();
    log = disk.copy();
    appliedIndex = log.base().index();
    role = starting();
  }

  void diskSyncs(boolean atOnce) {
    syncsAtOnce = atOnce;
    if (atOnce) {
      sync();
    }
  }

  TermState saved() {
    return saved;
  }

  ListLog disk() {
    return disk;
  }

  long appliedIndex() {
    return appliedIndex;
  }

  void hear(RaftMessage message) {
    perform(role.receive(message));
  }

  void perform(Step step) {
    Promises.kept(step);
    if (step.before() != role) {
      throw new AssertionError("a step from " + step.before() + " but the role is " + role);
    }
    role = step.after();
    cluster.became(self, step);
    step.effects().forEach(this::start);
    if (syncsAtOnce || unsynced.stream().noneMatch(Promises::isWrite)) {
      sync();
    }
    while (!toSelf.isEmpty()) {
      hear(toSelf.remove());
    }
  }

  /** All that was written becomes durable, and what waited for it happens. */
  void sync() {
    while (!unsynced.isEmpty()) {
      Effect effect = unsynced.remove();
      if (effect instanceof Effect.WhenDurable gate) {
        start(gate.effect());
      } else if (effect instanceof Effect.Save save) {
        saved = save.state();
      } else {
        disk.perform(effect);
      }
    }
    while (!toSelf.isEmpty()) {
      hear(toSelf.remove());
    }
  }

  private void start(Effect effect) {
    cluster.transcript.effect(self, effect);
    if (effect instanceof Effect.WhenDurable) {
      unsynced.add(effect);
    } else if (Promises.isWrite(effect)) {
      log.perform(effect);
      unsynced.add(effect);
      if (effect instanceof Effect.Install install) {
        appliedIndex = install.lastIncluded().index();
      }
    } else if (effect instanceof Effect.Send send) {
      send(send.to(), send.message());
    } else if (effect instanceof Effect.SendEntries send) {
      send(send.to(), appendEntries(send));
    } else if (effect instanceof Effect.SendSnapshot snapshot) {
      snapshotsDue.add(snapshot.to());
    } else if (effect instanceof Effect.Commit commit) {
      apply(commit.index());
    } else if (effect instanceof ConfirmRead read) {
      confirmedReads.add(read);
    }
  }

  private void send(StoreId to, RaftMessage message) {
    if (to.equals(self)) {
      toSelf.add(message);
    } else {
      cluster.inTransit.add(new Cluster.Envelope(to, message));
    }
  }

  private AppendEntries appendEntries(Effect.SendEntries send) {
    long first = send.previous().index() + 1;
    var entries = log.entries(first, send.lastIndex());
    if (entries.size() != send.lastIndex() - send.previous().index()) {
      throw new AssertionError("the log lacks what shall be sent: " + send + ", " + log);
    }
    var sent = send.witnessed() ? entries.stream().map(Entry::witnessed).toList() : entries;
    return new AppendEntries(self, send.term(), send.previous(), sent, send.commitIndex());
  }

  private void apply(long commitIndex) {
    while (appliedIndex < commitIndex) {
      Entry entry = log.entry(++appliedIndex);
      cluster.applied(self, entry);
    }
  }

  @Override
  public String toString() {
    return self + " " + Words.of(role) + " " + log;
  }
}
