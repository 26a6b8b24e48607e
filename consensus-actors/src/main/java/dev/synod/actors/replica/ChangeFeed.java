package dev.synod.actors.replica;

import dev.synod.actors.message.ReplicaMessage;
import dev.synod.actors.message.WatchMessage.Changed;
import dev.synod.actors.message.WatchMessage.Pull;
import dev.synod.actors.message.WatchMessage.ToHub;
import dev.synod.actors.replica.ApplierMessage.LookBack;
import dev.synod.actors.replica.ApplierMessage.LookedBack;
import dev.synod.actors.watch.HubTask;
import dev.synod.actors.watch.WatchHub;
import dev.synod.core.Entry;
import dev.synod.core.Invariants;
import dev.synod.log.GroupLog;
import java.util.ArrayList;
import java.util.List;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.jspecify.annotations.Nullable;

/**
 * An applier's part in watches: while anybody watches, the hub gets the changes as they are
 * applied. As long as nobody has, there is no hub.
 */
final class ChangeFeed {

  private final ActorContext<ApplierMessage> context;
  private final ApplierSetup<?, ?, ?> setup;
  private final ActorRef<ReplicaMessage> replica;
  private final ReplicatedState<?, ?, ?> state;
  private @Nullable ActorRef<ToHub> hub;
  private boolean isFollowed;
  private List<Changed> fresh = new ArrayList<>();
  private long told;

  ChangeFeed(
      ActorContext<ApplierMessage> context,
      ApplierSetup<?, ?, ?> setup,
      ActorRef<ReplicaMessage> replica,
      ReplicatedState<?, ?, ?> state) {
    this.context = context;
    this.setup = setup;
    this.replica = replica;
    this.state = state;
  }

  /** Somebody wants to watch. */
  void pull(Pull pull) {
    if (hub == null) {
      hub = context.spawn(hubBehavior(), "watches");
    }
    hub.tell(pull);
  }

  /** The next entry was applied. */
  void applied(Entry entry) {
    if (isFollowed && state.changes().isChange(entry.index())) {
      fresh.add(new Changed(entry.index(), entry.payload()));
    }
  }

  /** Hands on what was applied since the last time. */
  void flush() {
    long applied = state.applied().index();
    if (isFollowed && applied > told) {
      tell(new HubTask.Advanced(told, applied, List.copyOf(fresh)));
      begin();
    }
  }

  /** A snapshot took the place of all that was applied. */
  void restored() {
    if (isFollowed) {
      begin();
      tell(new HubTask.Jumped(state.changes().floor(), told));
    }
  }

  void follow(boolean on) {
    isFollowed = on;
    begin();
    if (on) {
      tell(new HubTask.Following(state.changes().floor(), told));
    }
  }

  /** What the replica's log has of the entries behind an index. */
  void lookedBack(LookedBack back) {
    long after = back.after();
    var bits = state.changes();
    if (after < bits.floor()) {
      tell(new HubTask.Missing(after, bits.floor() + 1));
    } else if (back.result() instanceof GroupLog.ReadResult.Entries read) {
      tell(found(after, read.entries()));
    } else if (back.result() instanceof GroupLog.ReadResult.Failed failed) {
      close(failed.failure().message());
    } else {
      lookBack(after); // compacted meanwhile: it knows now where it begins
    }
  }

  /** The log begins behind that index. */
  void lookedBackInVain(ApplierMessage.LookedBackInVain vain) {
    tell(new HubTask.Missing(vain.after(), Math.max(vain.first(), state.changes().floor() + 1)));
  }

  /** No watches are served any more. */
  void close(String why) {
    tell(new HubTask.Close(why));
    isFollowed = false;
  }

  private void begin() {
    fresh = new ArrayList<>();
    told = state.applied().index();
  }

  private HubTask found(long after, List<Entry> entries) {
    var bits = state.changes();
    var changes = new ArrayList<Changed>();
    long upTo = after;
    for (Entry entry : entries) {
      if (entry.index() <= state.applied().index()) {
        upTo = entry.index();
        if (bits.isChange(upTo)) {
          changes.add(new Changed(upTo, entry.payload()));
        }
      }
    }
    Invariants.check(upTo > after, "what was applied after %s is in the log", after);
    return new HubTask.Found(after, upTo, changes);
  }

  private Behavior<ToHub> hubBehavior() {
    var self = context.getSelf();
    return WatchHub.create(
        setup.group(),
        setup.founded().incarnation(),
        setup.peers(),
        setup.watch(),
        new WatchHub.Changing() {
          @Override
          public void follow(boolean on) {
            self.tell(new ApplierTask.Follow(on));
          }

          @Override
          public void lookBack(long after) {
            ChangeFeed.this.lookBack(after);
          }
        });
  }

  private void lookBack(long after) {
    var watch = setup.watch();
    replica.tell(new LookBack(after, watch.batchChangesMax(), watch.batchBytesMax()));
  }

  private void tell(HubTask task) {
    if (hub != null) {
      hub.tell(task);
    }
  }
}
