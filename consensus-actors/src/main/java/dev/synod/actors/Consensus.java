package dev.synod.actors;

import dev.synod.actors.channel.ChannelPeers;
import dev.synod.actors.channel.Transport;
import dev.synod.actors.client.ClientGroupRef;
import dev.synod.actors.client.GroupClient;
import dev.synod.actors.node.ArteryPeers;
import dev.synod.actors.node.ConsensusNode;
import dev.synod.actors.node.ConsensusSettings;
import dev.synod.actors.node.FrameCheck;
import dev.synod.actors.node.NodeStart;
import dev.synod.core.GroupId;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.Extension;
import org.apache.pekko.actor.typed.ExtensionId;
import org.apache.pekko.serialization.SerializationExtension;
import org.jspecify.annotations.Nullable;

/**
 * Replicated groups in an actor system: {@code Consensus.get(system)}.
 *
 * <p>The first group kept on disk opens the data directory {@code synod.data-directory}, which no
 * other process may use at the same time. A node that starts none, being only a client or hosting
 * groups {@linkplain Storage elsewhere}, needs no directory. When the actor system stops, replicas
 * hand over what they lead, and the directory is closed. Safe for use by many threads.
 */
public final class Consensus implements Extension {

  private final ActorSystem<?> system;
  private final ConsensusSettings settings;
  private final Peers peers;
  private final NodeStart start;
  private final SplittableRandom random = new SplittableRandom(new SecureRandom().nextLong());
  private final Map<GroupId, GroupRef<?, ?>> refs = new HashMap<>();
  private @Nullable ConsensusNode node;

  private Consensus(ActorSystem<?> system) {
    this.system = system;
    this.settings = ConsensusSettings.of(system);
    FrameCheck.check(settings, system.settings().config());
    this.peers = peers(system, settings);
    this.start = new NodeStart(system, settings, peers);
  }

  /** A system without remoting has no others, so no transport. */
  private static Peers peers(ActorSystem<?> system, ConsensusSettings settings) {
    var remoting = new ArteryPeers(system);
    var frameBytes = FrameCheck.frameBytes(system.settings().config());
    if (settings.transport() == Transport.ARTERY || frameBytes.isEmpty()) {
      return remoting;
    }
    return new ChannelPeers(
        system,
        remoting,
        settings.channel(),
        (int) frameBytes.getAsLong(), // FrameCheck has seen that it is less than another int
        settings.meters().meters().channels());
  }

  /**
   * The one of this actor system.
   *
   * @throws IllegalArgumentException if a setting is wrong; the text names settings and values
   */
  public static Consensus get(ActorSystem<?> system) {
    return system.registerExtension(Id.INSTANCE);
  }

  /**
   * Starts this node's replica of the group; comes back at once, and the group serves as soon as a
   * majority of its members has started; for the first time ever, as soon as all of them have.
   *
   * @throws IllegalArgumentException if this node is not a member, if the group was started here
   *     already, or was founded with another protocol, or if a setting of its protocol is wrong
   * @throws IllegalStateException if the group's storage can't be used; the text says what to do
   */
  public synchronized <C, R, S> GroupRef<C, R> start(Group<C, R, S> group) {
    group.members().nodes().forEach(member -> peers.node(member.address()));
    var ref = started().start(group);
    refs.put(group.id(), ref);
    return ref;
  }

  /**
   * Starts a replica on a node that is none of the group's founders: it waits until a membership
   * change ({@link GroupAdmin#change}) lets it in, and goes on with what it has when it is started
   * again.
   *
   * @param name of this node among the group's members
   * @throws IllegalArgumentException if the group was started here already, or was founded with
   *     another protocol, or if a setting of its protocol is wrong
   * @throws IllegalStateException if the group's storage can't be used; the text says what to do
   */
  public synchronized <C, R, S> GroupRef<C, R> join(Group<C, R, S> group, String name) {
    group.members().nodes().forEach(member -> peers.node(member.address()));
    var ref = started().join(group, name);
    refs.put(group.id(), ref);
    return ref;
  }

  /**
   * Starts this node's replica of a new group that begins with the state of a backup ({@link
   * LocalNode#backUp}): its name, its state and its clients' sessions are those of the old group,
   * its identity is another one, so replicas of the old group are strangers to it. All members that
   * found it must be started with this method and the same file; the group serves as soon as all of
   * them have. Started again, it goes on with what it has, as with {@link #start}.
   *
   * @param backup of a group of that name and protocol
   * @throws IllegalArgumentException if the file is damaged, cut short, or no backup of such a
   *     group, or if the group lives here already; see also {@link #start}
   * @throws IllegalStateException if the group's storage can't be used; the text says what to do
   */
  public synchronized <C, R, S> GroupRef<C, R> restore(Group<C, R, S> group, Path backup) {
    group.protocol().check(system.settings().config());
    group.members().nodes().forEach(member -> peers.node(member.address()));
    var ref = started().restore(group, backup);
    refs.put(group.id(), ref);
    return ref;
  }

  /**
   * The group as seen from a node that hosts no replica of it; where it was started, the reference
   * to it.
   *
   * @param members where replicas may be
   */
  public synchronized <C, R> GroupRef<C, R> ref(GroupId group, Members members) {
    var known = refs.get(group);
    if (known == null) {
      known = client(group, members);
      refs.put(group, known);
    }
    @SuppressWarnings("unchecked") // whoever asks for a group knows its types
    var ref = (GroupRef<C, R>) known;
    return ref;
  }

  /** This node; its stores are opened when they are needed. */
  public LocalNode node() {
    return started();
  }

  /** This node, if it hosts replicas, or may. */
  public synchronized Optional<LocalNode> hosting() {
    return Optional.ofNullable(node);
  }

  private synchronized ConsensusNode started() {
    if (node == null) {
      node = start.start(random);
    }
    return node;
  }

  private GroupRef<?, ?> client(GroupId group, Members members) {
    var behavior =
        GroupClient.create(
            group,
            members.nodes(),
            peers,
            settings.client(),
            start.meters().client(group),
            random.split(),
            start.nanoTime());
    return new ClientGroupRef<>(
        group,
        start.client(behavior, group.name()),
        peers,
        SerializationExtension.get(system),
        settings.commandBytesMax(),
        settings.watch());
  }

  private static final class Id extends ExtensionId<Consensus> {
    private static final Id INSTANCE = new Id();

    @Override
    public Consensus createExtension(ActorSystem<?> system) {
      return new Consensus(system);
    }
  }
}
