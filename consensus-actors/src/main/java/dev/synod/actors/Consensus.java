package dev.synod.actors;

import dev.synod.core.GroupId;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.Extension;
import org.apache.pekko.actor.typed.ExtensionId;

/**
 * Replicated groups in an actor system: {@code Consensus.get(system)}.
 *
 * <p>The first group started opens the data directory {@code synod.data-directory}, which no other
 * process may use at the same time. A node that starts none is only a client and needs no
 * directory.
 */
public final class Consensus implements Extension {

  private Consensus() {}

  /** The one of this actor system. */
  public static Consensus get(ActorSystem<?> system) {
    return system.registerExtension(Id.INSTANCE);
  }

  /**
   * Starts this node's replica of the group; comes back at once, and the group serves as soon as a
   * majority of its members has started.
   *
   * @throws IllegalArgumentException if this node is not a member, or the group was started here
   *     already
   * @throws IllegalStateException if the data directory can't be used; the text says what to do
   */
  public <C, R, S> GroupRef<C, R> start(Group<C, R, S> group) {
    throw new UnsupportedOperationException(group.id().name());
  }

  /** The group as seen from a node that hosts no replica of it. */
  public <C, R> GroupRef<C, R> ref(GroupId group, Members members) {
    throw new UnsupportedOperationException(group.name() + members);
  }

  /** This node; opens its data directory if that has not happened yet. */
  public LocalNode node() {
    throw new UnsupportedOperationException();
  }

  private static final class Id extends ExtensionId<Consensus> {
    private static final Id INSTANCE = new Id();

    @Override
    public Consensus createExtension(ActorSystem<?> system) {
      return new Consensus();
    }
  }
}
