package dev.synod.actors;

import dev.synod.actors.message.ReplicaStatus;
import dev.synod.core.GroupId;
import dev.synod.core.StoreId;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/** This node: its identity, its data directory, and the replicas it hosts. */
public interface LocalNode {

  /** The identity of the data directory, written into it once. */
  StoreId store();

  /** The address of this actor system, as other members name it. */
  String address();

  /** Where the log and the snapshots are. */
  String dataDirectory();

  /** The replica of that group hosted here; empty if there is none. */
  CompletionStage<Optional<ReplicaStatus>> status(GroupId group);

  /** All replicas hosted here, by name of their group. */
  CompletionStage<List<ReplicaStatus>> statuses();
}
