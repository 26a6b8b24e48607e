package dev.synod.crdt.registry;

import dev.synod.actors.Group;
import dev.synod.actors.GroupRef;
import dev.synod.core.Read;
import dev.synod.crdt.clock.ReplicaId;
import dev.synod.crdt.clock.VersionVector;
import dev.synod.crdt.protocol.Standing;
import java.util.concurrent.CompletionStage;

/**
 * Decides which replicas of values there are: gives out their ids, none of them twice, and finds
 * out what all have merged, so that what all know to be gone can be dropped.
 *
 * <p>Stages fail as those of {@link GroupRef#ask}; all calls may be made again.
 */
public interface ReplicaRegistry {

  /** That start of that node gets an id; see {@link Registry#enrol}. */
  CompletionStage<Standing> enrol(String node, long start);

  /**
   * That node's replica is not waited for any more. If it is still there it finds out, comes back
   * under another id, and changes that nobody else has heard of are made anew.
   */
  CompletionStage<Standing> evict(String node);

  /** See {@link Registry#report}. */
  CompletionStage<Standing> report(ReplicaId by, long standing, VersionVector merged);

  /** What stands, or stood of late. */
  CompletionStage<Standing> standing();

  /**
   * The description of a group that decides; it still needs its protocol and its members. One group
   * for each name of {@link dev.synod.crdt.actor.ReplicatedValues}.
   */
  static Group.Named<RegistryCommand, Standing, Registry> group(String name) {
    return Group.of(name, RegistryMachine::new);
  }

  /** Asks that group. */
  static ReplicaRegistry of(GroupRef<RegistryCommand, Standing> group) {
    return new ReplicaRegistry() {
      @Override
      public CompletionStage<Standing> enrol(String node, long start) {
        return group.ask(new RegistryCommand.Enrol(node, start));
      }

      @Override
      public CompletionStage<Standing> evict(String node) {
        return group.ask(new RegistryCommand.Evict(node));
      }

      @Override
      public CompletionStage<Standing> report(ReplicaId by, long standing, VersionVector merged) {
        return group.ask(new RegistryCommand.Report(by, standing, merged));
      }

      @Override
      public CompletionStage<Standing> standing() {
        return group.read(new RegistryCommand.Look(), Read.stale());
      }
    };
  }
}
