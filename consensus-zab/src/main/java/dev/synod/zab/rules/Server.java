package dev.synod.zab.rules;

import dev.synod.core.Configuration;
import dev.synod.core.Quorum;
import dev.synod.core.StoreId;
import dev.synod.log.LogView;
import java.util.List;

/**
 * What all roles of one server share: who it is, who belongs to the group, and its log as rules may
 * see it.
 *
 * @param quorum who decides; who is not one of its members observes
 * @param others all other members, in order
 */
public record Server(
    StoreId self,
    Configuration configuration,
    Quorum quorum,
    List<StoreId> others,
    LogView log,
    ZabLimits limits) {

  /** A server of a group whose majority decides. */
  public static Server of(
      StoreId self, Configuration configuration, LogView log, ZabLimits limits) {
    return new Server(
        self, configuration, configuration.quorum(), configuration.others(self), log, limits);
  }

  /** The same server, in whose group others decide: with weights, or by groups of groups. */
  public Server decidedBy(Quorum deciding) {
    return new Server(self, configuration, deciding, others, log, limits);
  }

  /** The same server, sending no more than that at a time. */
  Server with(ZabLimits changed) {
    return new Server(self, configuration, quorum, others, log, changed);
  }

  boolean isVoter(StoreId store) {
    return quorum.members().contains(store);
  }

  /** The other servers that vote. */
  List<StoreId> electors() {
    return quorum.members().stream().filter(store -> !store.equals(self)).toList();
  }
}
