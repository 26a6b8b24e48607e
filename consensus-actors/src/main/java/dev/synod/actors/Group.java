package dev.synod.actors;

import dev.synod.core.GroupId;
import dev.synod.core.NodeAddress;
import dev.synod.core.StateMachine;
import java.util.List;
import java.util.function.Supplier;

/**
 * A replicated state machine, described: its name, how to make the machine, the protocol that keeps
 * the replicas in step, and the nodes that found it.
 *
 * <pre>{@code
 * Group.of("counter", Counter::new).using(Raft.protocol()).on(members)
 * }</pre>
 *
 * All founding nodes must describe a group alike, and start it with {@link Consensus#start}.
 *
 * @param machine makes a machine in its first state; called once for each start of a replica
 * @param storage where this node keeps its replica
 * @param <C> commands and queries
 * @param <R> replies
 * @param <S> the state as kept in snapshots
 */
public record Group<C, R, S>(
    GroupId id,
    Supplier<? extends StateMachine<C, R, S>> machine,
    Protocol protocol,
    Storage storage,
    Members members) {

  /** Begins the description of a group of that name, which {@link GroupId} checks. */
  public static <C, R, S> Named<C, R, S> of(
      String name, Supplier<? extends StateMachine<C, R, S>> machine) {
    return new Named<>(new GroupId(name), machine);
  }

  /** A group that still needs its protocol. */
  public record Named<C, R, S>(GroupId id, Supplier<? extends StateMachine<C, R, S>> machine) {

    /**
     * Chooses the protocol, for good: a founded group can't change it.
     *
     * @throws IllegalArgumentException if its name is too long to be kept, as that of many weights
     *     may be
     */
    public Homeless<C, R, S> using(Protocol protocol) {
      Protocol.checkName(protocol.name());
      return new Homeless<>(id, machine, protocol, Storage.DISK);
    }
  }

  /** A group that still needs its members. */
  public record Homeless<C, R, S>(
      GroupId id,
      Supplier<? extends StateMachine<C, R, S>> machine,
      Protocol protocol,
      Storage storage) {

    /**
     * Keeps the replica in memory alone, for caches and tests. What that means when a node stops is
     * said at {@link Storage#MEMORY}.
     */
    public Homeless<C, R, S> inMemory() {
      return keptIn(Storage.MEMORY);
    }

    /** Keeps the replica there instead of in the data directory. */
    public Homeless<C, R, S> keptIn(Storage chosen) {
      return new Homeless<>(id, machine, protocol, chosen);
    }

    /** Names the nodes that found the group. */
    public Group<C, R, S> on(Members members) {
      return new Group<>(id, machine, protocol, storage, members);
    }

    /** Names the nodes that found the group, as {@link Members} checks them. */
    public Group<C, R, S> on(List<NodeAddress> members) {
      return on(new Members(members));
    }

    /** Names the nodes that found the group, as {@link Members} checks them. */
    public Group<C, R, S> on(NodeAddress... members) {
      return on(Members.of(members));
    }
  }
}
