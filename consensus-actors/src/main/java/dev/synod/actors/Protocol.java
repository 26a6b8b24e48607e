package dev.synod.actors;

import com.typesafe.config.Config;
import dev.synod.actors.message.ReplicaMessage;
import dev.synod.actors.replica.ReplicaSetup;
import dev.synod.core.Configuration;
import dev.synod.core.LogPosition;
import dev.synod.core.StoreId;
import dev.synod.log.GroupLog;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.UUID;
import org.apache.pekko.actor.typed.Behavior;

/** A consensus protocol, as a group chooses it: {@code Raft.protocol()}. */
public interface Protocol {

  /**
   * How many bytes a protocol may put around the payload of one entry in its log: for so many the
   * settings leave room.
   */
  int ENTRY_ROOM_BYTES = 64;

  /**
   * Short and stable, such as {@code raft}: written into the group's description, so a group can't
   * change it.
   */
  String name();

  /** Longest name, in bytes of UTF-8. */
  int NAME_BYTES_MAX = 127;

  /**
   * Checks a name.
   *
   * @throws IllegalArgumentException if it is empty, or too long
   */
  static void checkName(String name) {
    int bytes = name.getBytes(StandardCharsets.UTF_8).length;
    if (bytes < 1 || bytes > NAME_BYTES_MAX) {
      throw new IllegalArgumentException(
          "a protocol's name takes 1 to %d bytes, but \"%s\" takes %d"
              .formatted(NAME_BYTES_MAX, name, bytes));
    }
  }

  /**
   * Refuses settings of the protocol that are wrong, or that the actor system can't carry, before a
   * replica starts.
   *
   * @param system the whole configuration of the actor system
   * @throws IllegalArgumentException with names and values
   */
  default void check(Config system) {}

  /**
   * Refuses members that the protocol can't serve, before a replica starts.
   *
   * @throws IllegalArgumentException with the reason
   */
  default void check(Members founders) {}

  /**
   * Writes to the log of a replica that does not run what makes it the only member of its group;
   * durable once the log's last ticket is. See {@link dev.synod.actors.node.QuorumLoss}.
   *
   * @param snapshot up to where its newest snapshot goes; index 0 if there is none
   * @param base what that snapshot, or else the founding, says of members
   * @param change the identity of this change
   * @throws UnsupportedOperationException if the protocol has no such way out
   */
  default void force(
      GroupLog log, StoreId survivor, LogPosition snapshot, Configuration base, UUID change) {
    throw new UnsupportedOperationException("no configuration can be forced with " + name());
  }

  /**
   * Whether members may be {@linkplain Members#witnesses witnesses}, which vote without keeping
   * what they vote on.
   */
  default boolean hasWitnesses() {
    return false;
  }

  /**
   * Whether its leaders prepare requests, for state machines of {@link
   * dev.synod.actors.primarybackup.PrimaryBackup}.
   */
  default boolean prepares() {
    return false;
  }

  /** Whether a group may be founded with {@linkplain Members#observers observers}. */
  default boolean hasObservers() {
    return false;
  }

  /**
   * Names of settings, such as {@code synod.raft.heartbeat-interval}, that a running replica takes
   * anew from {@link ReplicaMessage.Retune}; after a restart those of the file hold again.
   */
  default Set<String> changeable() {
    return Set.of();
  }

  /** The behaviour of one replica of a founded group. */
  Behavior<ReplicaMessage> replica(ReplicaSetup setup);
}
