package dev.synod.samples.node;

import dev.synod.actors.Consensus;
import dev.synod.actors.Group;
import dev.synod.actors.GroupRef;
import dev.synod.actors.Members;
import dev.synod.core.NodeAddress;
import dev.synod.samples.chat.Chat;
import dev.synod.samples.counter.Counter;
import java.nio.file.Files;
import org.apache.pekko.actor.typed.ActorSystem;

/** The demo's groups, replicated on all its nodes. */
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
        start(
            consensus,
            settings,
            Group.of("counter", Counter::new).using(settings.protocol().protocol()).on(members));
    var chat =
        start(
            consensus,
            settings,
            Group.of("chat", Chat::new).using(settings.protocol().protocol()).on(members));
    return new Groups(
        new HostedGroup<>(counter, consensus.node()),
        new HostedGroup<>(chat, consensus.node()),
        new BackupFolder(consensus.node(), settings.backups()));
  }

  /** A backup that the demo was begun with is there at every start; it counts at the first. */
  private static <C, R, S> GroupRef<C, R> start(
      Consensus consensus, NodeSettings settings, Group<C, R, S> group) {
    var backup = settings.restored(group.id().name());
    return Files.exists(backup) ? consensus.restore(group, backup) : consensus.start(group);
  }
}
