package dev.synod.zab.rules;

import dev.synod.core.Configuration;
import dev.synod.core.ConfigurationSteps;
import dev.synod.core.Memberships;
import dev.synod.core.Quorum;
import dev.synod.core.StoreId;
import dev.synod.log.LogView;
import java.util.List;

/**
 * What all roles of one server share: who it is, who belongs to the group, and its log as rules may
 * see it.
 *
 * @param memberships all that the log says of members: the newest counts, committed or not
 * @param quorum who decides; who is not one of its members observes
 * @param others all other members, in order
 * @param removedBy version of a committed configuration that is said not to name this server; 0 if
 *     none is
 */
public record Server(
    StoreId self,
    Memberships memberships,
    Quorum quorum,
    List<StoreId> others,
    LogView log,
    ZabLimits limits,
    long removedBy) {

  /** A server of a group whose majority decides, and whose snapshot, or founding, says so. */
  public static Server of(StoreId self, Configuration base, LogView log, ZabLimits limits) {
    return known(
        self, Memberships.of(log.base().index(), base, log.configurations()), log, limits, 0);
  }

  private static Server known(
      StoreId self, Memberships memberships, LogView log, ZabLimits limits, long removedBy) {
    var latest = memberships.latest();
    return new Server(
        self, memberships, latest.quorum(), latest.others(self), log, limits, removedBy);
  }

  /** The same server, in whose group others decide: with weights, or by groups of groups. */
  public Server decidedBy(Quorum deciding) {
    return new Server(self, memberships, deciding, others, log, limits, removedBy);
  }

  /** The same server, sending no more than that at a time. */
  Server with(ZabLimits changed) {
    return new Server(self, memberships, quorum, others, log, changed, removedBy);
  }

  /** The same server, which was told so. */
  Server removedBy(long version) {
    return new Server(self, memberships, quorum, others, log, limits, Math.max(removedBy, version));
  }

  /** Who belongs to the group, as far as this server knows. */
  public Configuration configuration() {
    return memberships.latest();
  }

  /**
   * Whether the group has gone on without this server, as far as it has heard. A newer
   * configuration in its log is a better word; another one of that version was never committed.
   */
  public boolean isRemoved() {
    return removedBy > 0 && removedBy >= configuration().version();
  }

  /**
   * Whether it may be needed for an election: observers are not, nor who has left for good. Who is
   * to leave is, as long as others may not know that.
   */
  boolean mayStand(long commitIndex) {
    return memberships.mayNeed(self, commitIndex);
  }

  boolean isVoter(StoreId store) {
    return quorum.members().contains(store);
  }

  /** Whether it gets proposals: it votes, or is to vote once it has caught up. */
  boolean isProposedTo(StoreId store) {
    return isVoter(store) || ConfigurationSteps.awaited(configuration()).contains(store);
  }

  /** The other servers that vote. */
  List<StoreId> electors() {
    return quorum.members().stream().filter(store -> !store.equals(self)).toList();
  }

  /** The same server once these effects are done: what they do to the log may say who belongs. */
  Server after(List<Effect> effects) {
    var changed = memberships;
    for (Effect effect : effects) {
      if (effect instanceof Effect.Append append) {
        changed = changed.with(append.entries());
      } else if (effect instanceof Effect.TruncateFrom cut) {
        changed = changed.truncatedFrom(cut.index());
      } else if (effect instanceof Effect.Install install) {
        var place = install.lastIncluded();
        changed =
            changed.basedOn(place.index(), install.configuration(), Histories.holds(log, place));
      }
    }
    if (changed.latest().equals(memberships.latest())) {
      return new Server(self, changed, quorum, others, log, limits, removedBy);
    }
    return known(self, changed, log, limits, removedBy);
  }
}
