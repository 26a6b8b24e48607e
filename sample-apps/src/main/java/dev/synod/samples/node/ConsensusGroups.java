package dev.synod.samples.node;

import dev.synod.actors.Consensus;
import dev.synod.actors.Group;
import dev.synod.actors.Members;
import dev.synod.core.NodeAddress;
import dev.synod.raft.Raft;
import dev.synod.samples.chat.Chat;
import dev.synod.samples.counter.Counter;
import org.apache.pekko.actor.typed.ActorSystem;

/** The demo's groups, replicated by Raft on all its nodes. */
final class ConsensusGroups {

  private ConsensusGroups() {}

  static Groups start(ActorSystem<?> system, NodeSettings settings) {
    var members =
        new Members(
            settings.nodes().stream()
                .map(place -> new NodeAddress(place.name(), place.address()))
                .toList());
    var consensus = Consensus.get(system);
    var counter =
        consensus.start(Group.of("counter", Counter::new).using(Raft.protocol()).on(members));
    var chat = consensus.start(Group.of("chat", Chat::new).using(Raft.protocol()).on(members));
    return new Groups(
        new HostedGroup<>(counter, consensus.node()), new HostedGroup<>(chat, consensus.node()));
  }
}
