package dev.synod.testkit.cluster;

import dev.synod.actors.Protocol;
import dev.synod.actors.message.ReplicaMessage;
import dev.synod.actors.replica.ReplicaSetup;
import dev.synod.core.InvariantViolation;
import dev.synod.testkit.invariant.Watch;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.BehaviorInterceptor;
import org.apache.pekko.actor.typed.TypedActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;

/** A protocol as it is, with a log and meters that the watch can see. */
record ObservedProtocol(Protocol protocol, String node, Lens lens, Watch watch)
    implements Protocol {

  @Override
  public String name() {
    return protocol.name();
  }

  @Override
  public Behavior<ReplicaMessage> replica(ReplicaSetup setup) {
    var log = new ObservedLog(node, setup.log(), lens, watch);
    log.started(setup.self().store());
    var replica =
        protocol.replica(
            new ReplicaSetup(
                setup.group(),
                setup.self(),
                setup.founded(),
                log,
                setup.peers(),
                setup.roster(),
                setup.applier(),
                setup.random(),
                setup.nanoTime(),
                new ObservedMeters(node, lens.leading(), watch),
                setup.snapshots(),
                setup.reconfigured()));
    return Behaviors.intercept(() -> new OwnPromises(watch), replica);
  }

  /** What the rules find wrong themselves is as bad as what an invariant finds. */
  private static final class OwnPromises
      extends BehaviorInterceptor<ReplicaMessage, ReplicaMessage> {

    private static final String NAME = "a rule keeps its own promises";

    private final Watch watch;

    OwnPromises(Watch watch) {
      super(ReplicaMessage.class);
      this.watch = watch;
    }

    @Override
    public Behavior<ReplicaMessage> aroundReceive(
        TypedActorContext<ReplicaMessage> context,
        ReplicaMessage message,
        ReceiveTarget<ReplicaMessage> target) {
      try {
        return target.apply(context, message);
      } catch (InvariantViolation e) {
        watch.broken(NAME, String.valueOf(e.getMessage()));
        throw e;
      }
    }
  }
}
