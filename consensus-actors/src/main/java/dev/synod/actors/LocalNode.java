package dev.synod.actors;

import com.typesafe.config.Config;
import dev.synod.actors.message.ReplicaStatus;
import dev.synod.core.GroupId;
import dev.synod.core.StoreId;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/** This node: its identity, its data directory, and the replicas it hosts. */
public interface LocalNode {

  /**
   * The identity of the data directory, written into it once; opens it if that has not happened
   * yet. Replicas kept elsewhere have another one: {@link ReplicaStatus#self}.
   *
   * @throws IllegalStateException if the data directory can't be used; the text says what to do
   */
  StoreId store();

  /** The address of this actor system, as other members name it. */
  String address();

  /** Where logs and snapshots are, of the groups kept on disk. */
  String dataDirectory();

  /**
   * Changes settings of this node while it runs: of the replicas hosted here, those that start
   * later, and their references. The files are not changed, so a restart goes by what stands there.
   *
   * @param changes full names, such as {@code synod.raft.snapshot-after-entries}, and values
   * @throws IllegalArgumentException if one can't be changed at run time, or is wrong, by itself or
   *     with the others; nothing is changed then, and the text names what can be
   */
  void change(Config changes);

  /** The replica of that group hosted here; empty if there is none. */
  CompletionStage<Optional<ReplicaStatus>> status(GroupId group);

  /**
   * Writes the state of a group of which a replica is hosted here, and which has a leader, into a
   * new file: all that was committed when the leader was asked, maybe more, up to one entry. The
   * group goes on meanwhile. {@link Consensus#restore} founds a group from it.
   *
   * @param file must not be there yet; it is once the backup is durable
   * @return fails with an {@link IllegalStateException} that says why, or with a {@link
   *     RejectedException} if no leader answered
   */
  CompletionStage<Backup> backUp(GroupId group, Path file);

  /** All replicas hosted here, by name of their group. */
  CompletionStage<List<ReplicaStatus>> statuses();
}
