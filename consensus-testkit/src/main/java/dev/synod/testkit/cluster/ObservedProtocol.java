package dev.synod.testkit.cluster;

import com.typesafe.config.Config;
import dev.synod.actors.Protocol;
import dev.synod.actors.message.ReplicaMessage;
import dev.synod.actors.replica.ApplierMessage;
import dev.synod.actors.replica.ReplicaSetup;
import dev.synod.core.Configuration;
import dev.synod.core.LogPosition;
import dev.synod.core.StoreId;
import dev.synod.log.GroupLog;
import dev.synod.testkit.invariant.Change;
import dev.synod.testkit.invariant.Watch;
import java.util.Set;
import java.util.UUID;
import org.apache.pekko.actor.typed.Behavior;

/**
 * A protocol as it is, with a log, meters and actors that the watch can see.
 *
 * @param config of the actor system
 */
record ObservedProtocol(Protocol protocol, String node, Lens lens, Watch watch, Config config)
    implements Protocol {

  @Override
  public String name() {
    return protocol.name();
  }

  @Override
  public void force(
      GroupLog log, StoreId survivor, LogPosition snapshot, Configuration base, UUID change) {
    protocol.force(log, survivor, snapshot, base, change);
  }

  @Override
  public void check(Config system) {
    protocol.check(system);
  }

  @Override
  public boolean hasWitnesses() {
    return protocol.hasWitnesses();
  }

  @Override
  public boolean hasObservers() {
    return protocol.hasObservers();
  }

  @Override
  public boolean prepares() {
    return protocol.prepares();
  }

  @Override
  public Set<String> changeable() {
    return protocol.changeable();
  }

  @Override
  public Behavior<ReplicaMessage> replica(ReplicaSetup setup) {
    var log = new ObservedLog(node, setup.log(), lens, watch);
    watch.see(new Change.Founded(node, setup.founded().configuration()));
    log.started(setup.self().store());
    var bounds = new QueueBounds(lens.bounds(config));
    var replica =
        protocol.replica(
            new ReplicaSetup(
                setup.group(),
                setup.self(),
                setup.founded(),
                log,
                setup.peers(),
                setup.roster(),
                owner ->
                    Witness.of(ApplierMessage.class, setup.applier().apply(owner), node, watch),
                setup.random(),
                setup.nanoTime(),
                new ObservedMeters(node, lens.leading(), watch, log::hasFailed, bounds),
                setup.snapshots(),
                governing -> {
                  var newest = governing.get(governing.size() - 1);
                  watch.see(
                      lens.isLogInOrder()
                          ? new Change.GoesBy(node, newest)
                          : new Change.Decided(node, newest));
                  setup.reconfigured().accept(governing);
                }));
    return Witness.of(ReplicaMessage.class, replica, node, watch, message -> see(message, bounds));
  }

  /** The whole configuration would be hashed at every start of a node. */
  @Override
  public int hashCode() {
    return node.hashCode();
  }

  private void see(ReplicaMessage message, QueueBounds bounds) {
    if (message instanceof ReplicaMessage.Retune retune) {
      bounds.announce(lens.bounds(retune.system()));
    }
  }
}
