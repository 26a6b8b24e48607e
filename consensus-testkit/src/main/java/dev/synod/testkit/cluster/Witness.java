package dev.synod.testkit.cluster;

import dev.synod.actors.message.ReplicaMessage;
import dev.synod.actors.message.ReplicaMessage.SnapshotReceived;
import dev.synod.actors.replica.ApplierMessage.Restored;
import dev.synod.actors.replica.ApplierMessage.SnapshotTaken;
import dev.synod.core.Configuration;
import dev.synod.core.LogPosition;
import dev.synod.testkit.invariant.Change;
import dev.synod.testkit.invariant.Watch;
import java.util.function.Consumer;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.BehaviorInterceptor;
import org.apache.pekko.actor.typed.TypedActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;

/** Stands beside an actor of a replica: tells the watch what it threw, and of which snapshots. */
final class Witness<M> extends BehaviorInterceptor<M, M> {

  private final String node;
  private final Watch watch;
  private final Consumer<M> before;
  private boolean hasStarted;
  private boolean isStateless;

  private Witness(Class<M> type, String node, Watch watch, Consumer<M> before) {
    super(type);
    this.node = node;
    this.watch = watch;
    this.before = before;
  }

  /** The behavior as it is, on that node. */
  static <M> Behavior<M> of(Class<M> type, Behavior<M> behavior, String node, Watch watch) {
    return of(type, behavior, node, watch, message -> {});
  }

  /**
   * The same.
   *
   * @param before sees each message before the behavior does
   */
  static <M> Behavior<M> of(
      Class<M> type, Behavior<M> behavior, String node, Watch watch, Consumer<M> before) {
    return Behaviors.intercept(() -> new Witness<>(type, node, watch, before), behavior);
  }

  @Override
  public Behavior<M> aroundStart(TypedActorContext<M> context, PreStartTarget<M> target) {
    try {
      return target.start(context);
    } catch (RuntimeException | Error e) {
      watch.see(new Change.Failed(node, e.toString()));
      throw e;
    }
  }

  @Override
  public Behavior<M> aroundReceive(
      TypedActorContext<M> context, M message, ReceiveTarget<M> target) {
    if (message instanceof ReplicaMessage reported) {
      report(reported);
    }
    before.accept(message);
    try {
      return target.apply(context, message);
    } catch (RuntimeException | Error e) {
      watch.see(new Change.Failed(node, e.toString()));
      throw e;
    }
  }

  private void report(ReplicaMessage message) {
    if (message instanceof SnapshotTaken taken) {
      snapshotted(taken.position(), taken.bytes());
    } else if (message instanceof SnapshotReceived received) {
      isStateless |= received.stateless();
      based(received.position(), received.configuration(), false);
      snapshotted(received.position(), received.bytes());
    } else if (message instanceof Restored restored) {
      isStateless |= restored.stateless();
      based(restored.position(), restored.configuration(), true);
      if (!hasStarted) {
        hasStarted = true;
        snapshotted(restored.position(), 0);
      }
    }
  }

  /** A witness's snapshots are as long as its members' names, and nobody else's. */
  private void snapshotted(LogPosition position, long bytes) {
    watch.see(new Change.Snapshotted(node, position.index(), isStateless ? 0 : bytes));
  }

  private void based(LogPosition position, Configuration configuration, boolean counts) {
    watch.see(new Change.Based(node, position.index(), configuration, counts));
  }
}
