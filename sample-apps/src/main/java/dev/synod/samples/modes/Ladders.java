package dev.synod.samples.modes;

import dev.synod.crdt.ladder.Ladder;
import dev.synod.crdt.ladder.LadderEntity;
import dev.synod.crdt.ladder.LadderFamily;
import dev.synod.crdt.ladder.protocol.LadderCommand;
import dev.synod.crdt.ladder.protocol.LadderReply;
import dev.synod.crdt.lattice.Lattice;
import dev.synod.crdt.rules.Family;
import dev.synod.raft.Raft;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A ladder at each node of the cluster: replicated values, and a group that knows their modes. */
final class Ladders {

  private static final String NAME = "ladder";

  private final Hosted<LadderCommand, LadderReply> group;
  private final Map<String, Ladder> ladders = new LinkedHashMap<>();

  private Ladders(Hosted<LadderCommand, LadderReply> group) {
    this.group = group;
  }

  /** Starts them, and waits until all serve. The group is in memory: nothing starts again here. */
  static Ladders start(Cluster cluster, List<LadderFamily<?, ?>> families) {
    var values = families.stream().map(LadderFamily::values).toArray(Family<?>[]::new);
    var replicas = Replicas.start(cluster, NAME, values);
    var group =
        Hosted.start(cluster, Ladder.group("modes-" + NAME, families).using(Raft.protocol()));
    var made = new Ladders(group);
    for (var node : cluster.names()) {
      made.ladders.put(
          node,
          Ladder.start(
              cluster.system(node), NAME, replicas.at(node).values(), group.at(node), families));
    }
    made.ladders.values().forEach(ladder -> ladder.started().toCompletableFuture().join());
    return made;
  }

  /** The node that leads the group. */
  String leader() {
    return group.leader();
  }

  /** One entity, as each node sees it. */
  <T extends Lattice<T>, O> Map<String, LadderEntity<T, O>> entity(
      LadderFamily<T, O> family, String key) {
    var entities = new LinkedHashMap<String, LadderEntity<T, O>>();
    ladders.forEach((node, ladder) -> entities.put(node, ladder.entity(family, key)));
    return entities;
  }
}
