package dev.synod.zab.actor;

import dev.synod.actors.message.ReplicaMessage;
import dev.synod.actors.replica.ApplierMessage;
import dev.synod.actors.replica.ApplyFeed;
import dev.synod.actors.replica.ClientQueue;
import dev.synod.actors.replica.Departure;
import dev.synod.actors.replica.DurableGate;
import dev.synod.actors.replica.EntrySource;
import dev.synod.actors.replica.ReplicaSetup;
import dev.synod.actors.replica.SessionExpiry;
import dev.synod.actors.replica.SnapshotPolicy;
import dev.synod.zab.ZabSettings;
import dev.synod.zab.rules.Effect;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.TimerScheduler;

/** Those parts of a replica whose settings can be changed while it runs. */
final class Tuned {

  final ZabTimers timers;
  final DurableGate<Effect> gate;
  final ApplyFeed feed;
  final ClientQueue clients;
  final SessionExpiry sessions;
  final SnapshotPolicy snapshots;
  final Departure departure;

  Tuned(
      ActorContext<ReplicaMessage> context,
      TimerScheduler<ReplicaMessage> timerScheduler,
      ReplicaSetup setup,
      ActorRef<ApplierMessage> applier,
      ZabSettings settings) {
    this.timers = new ZabTimers(timerScheduler, settings, setup.random(), setup.nanoTime());
    this.gate = new DurableGate<>(settings.gatedEffectsMax());
    this.feed =
        new ApplyFeed(
            EntrySource.of(setup.log()),
            context.getSelf(),
            applier,
            settings.entriesPerApplyMax(),
            settings.entriesAheadMax());
    this.clients = new ClientQueue(settings.readsPendingMax(), setup.random().nextLong() >>> 1);
    this.sessions =
        new SessionExpiry(
            setup.founded().sessions().sessionsMax(),
            settings.sessionTimeout().toNanos(),
            settings.sessionTimeoutWhenFull().toNanos(),
            setup.nanoTime());
    this.snapshots =
        new SnapshotPolicy(
            settings.snapshotAfterEntries(),
            settings.snapshotAfterBytes(),
            settings.snapshotTailEntries());
    this.departure = new Departure(timerScheduler, Timeout.DEPARTURE, settings.leaderTimeout());
  }

  /** Goes by other settings from now on. */
  void by(ZabSettings settings) {
    timers.settings(settings);
    gate.bound(settings.gatedEffectsMax());
    feed.bounds(settings.entriesPerApplyMax(), settings.entriesAheadMax());
    clients.readsMax(settings.readsPendingMax());
    sessions.timeouts(
        settings.sessionTimeout().toNanos(), settings.sessionTimeoutWhenFull().toNanos());
    snapshots.thresholds(
        settings.snapshotAfterEntries(),
        settings.snapshotAfterBytes(),
        settings.snapshotTailEntries());
    departure.waitsAtMost(settings.leaderTimeout());
  }
}
