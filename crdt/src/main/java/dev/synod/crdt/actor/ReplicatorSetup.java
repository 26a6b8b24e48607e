package dev.synod.crdt.actor;

import dev.synod.crdt.clock.ReplicaId;
import dev.synod.crdt.registry.ReplicaRegistry;
import dev.synod.crdt.rules.Family;
import dev.synod.crdt.rules.Shard;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.function.Supplier;

/**
 * What a replicator is made of.
 *
 * @param node this node's address
 * @param nodes the addresses of all nodes that have a replica, this one included; the same at all
 * @param families which keys have which type; the same at all nodes
 * @param settings may differ from node to node
 * @param peers the way to the other nodes
 * @param ids gives an id that no replica ever had, for a replica that was never there before; not
 *     asked if there is a registry
 * @param registry decides which replicas there are; then {@code nodes} is only this one
 * @param shard which keys the replica has
 * @param aside where large messages are read and written; unless one is given, the replica does
 *     that itself
 */
public record ReplicatorSetup(
    String node,
    List<String> nodes,
    List<Family<?>> families,
    ReplicatorSettings settings,
    ReplicatorPeers peers,
    Supplier<ReplicaId> ids,
    Optional<ReplicaRegistry> registry,
    Shard shard,
    Executor aside) {

  public ReplicatorSetup {
    nodes = nodes.stream().distinct().sorted().toList();
    families = List.copyOf(families);
    if (!nodes.contains(node)) {
      throw new IllegalArgumentException(
          "%s is to have a replica, but is not one of the nodes %s".formatted(node, nodes));
    }
  }

  /** On these nodes, for ever, under ids that are drawn. */
  public ReplicatorSetup(
      String node,
      List<String> nodes,
      List<Family<?>> families,
      ReplicatorSettings settings,
      ReplicatorPeers peers,
      Supplier<ReplicaId> ids) {
    this(node, nodes, families, settings, peers, ids, Optional.empty(), Shard.ALL, Runnable::run);
  }

  /** The same of one shard of the keys. */
  public ReplicatorSetup of(Shard one) {
    return new ReplicatorSetup(node, nodes, families, settings, peers, ids, registry, one, aside);
  }

  /** Wherever the registry says. */
  public ReplicatorSetup(
      String node,
      List<Family<?>> families,
      ReplicatorSettings settings,
      ReplicatorPeers peers,
      ReplicaRegistry registry) {
    this(
        node,
        List.of(node),
        families,
        settings,
        peers,
        () -> {
          throw new IllegalStateException("the registry gives ids");
        },
        Optional.of(registry),
        Shard.ALL,
        Runnable::run);
  }

  /** The same, with large messages read and written there. */
  public ReplicatorSetup aside(Executor executor) {
    return new ReplicatorSetup(
        node, nodes, families, settings, peers, ids, registry, shard, executor);
  }
}
