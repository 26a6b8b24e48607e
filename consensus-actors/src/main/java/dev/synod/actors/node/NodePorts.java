package dev.synod.actors.node;

import dev.synod.actors.Peers;
import dev.synod.actors.Storage;
import dev.synod.actors.message.GroupClientMessage;
import dev.synod.actors.message.NodeMessage;
import dev.synod.actors.meters.Meters;
import java.util.concurrent.Executor;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator.SplittableGenerator;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.serialization.Serialization;

/**
 * The world of one node, all of it replaceable: several nodes may live in one actor system, as in a
 * simulation.
 *
 * @param address of this node, as other members name it
 * @param site where stores are opened, and what for
 * @param dataDirectory for people
 * @param random split for each replica, so that one seed decides all
 * @param nanoTime monotonic, in nanoseconds
 * @param blocking where files are read and written
 * @param spawner where the node's actors go
 */
public record NodePorts(
    String address,
    Storage.Site site,
    String dataDirectory,
    Peers peers,
    Serialization serialization,
    SplittableGenerator random,
    LongSupplier nanoTime,
    Executor blocking,
    Meters meters,
    Spawner spawner) {

  /** Starts the actors that others must find, or that callers speak to. */
  public interface Spawner {

    /** The node's actor, at the path which its {@link Peers} promise to others. */
    ActorRef<NodeMessage> node(Behavior<NodeMessage> behavior);

    /** A group's client. */
    ActorRef<GroupClientMessage> client(Behavior<GroupClientMessage> behavior, String name);
  }
}
