package dev.synod.raft.rules;

import dev.synod.core.Configuration;
import dev.synod.core.Quorum;
import dev.synod.core.StoreId;
import dev.synod.log.LogView;
import java.util.List;

/**
 * What all roles of one server share: who it is, who belongs to the group, and its log as rules may
 * see it.
 *
 * @param others the other voters, in order
 */
public record Server(
    StoreId self, Quorum quorum, List<StoreId> others, LogView log, ReplicationLimits limits) {

  public static Server of(
      StoreId self, Configuration configuration, LogView log, ReplicationLimits limits) {
    return new Server(self, configuration.quorum(), configuration.others(self), log, limits);
  }

  /** Only voters stand for election. */
  boolean isVoter() {
    return quorum.members().contains(self);
  }

  Server with(LogView newLog) {
    return new Server(self, quorum, others, newLog, limits);
  }
}
