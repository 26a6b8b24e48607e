package dev.synod.zab.rules;

import dev.synod.core.Configuration;
import dev.synod.core.ConfigurationSteps;
import dev.synod.core.Memberships;
import dev.synod.core.Quorum;
import dev.synod.core.StoreId;
import dev.synod.core.Voting;
import dev.synod.log.LogView;
import java.util.List;

/**
 * What all roles of one server share: who it is, who belongs to the group, and its log as rules may
 * see it.
 *
 * @param memberships all that the log says of members: the newest counts, committed or not
 * @param voting how much the word of each voter counts
 * @param quorum who decides by the newest configuration; who is not one of its members observes
 * @param others all other members, in order
 * @param removedBy version of a committed configuration that is said not to name this server; 0 if
 *     none is
 */
public record Server(
    StoreId self,
    Memberships memberships,
    Voting voting,
    Quorum quorum,
    List<StoreId> others,
    LogView log,
    ZabLimits limits,
    long removedBy) {

  /** A server of a group whose majority decides, and whose snapshot, or founding, says so. */
  public static Server of(StoreId self, Configuration base, LogView log, ZabLimits limits) {
    return of(self, base, Voting.majority(), log, limits);
  }

  /** The same of a group in which votes count as that says. */
  public static Server of(
      StoreId self, Configuration base, Voting voting, LogView log, ZabLimits limits) {
    var memberships = Memberships.of(log.base().index(), base, log.configurations());
    return known(self, memberships, voting, log, limits, 0);
  }

  private static Server known(
      StoreId self,
      Memberships memberships,
      Voting voting,
      LogView log,
      ZabLimits limits,
      long removedBy) {
    var latest = memberships.latest();
    return new Server(
        self, memberships, voting, voting.of(latest), latest.others(self), log, limits, removedBy);
  }

  /** The same server once its snapshot, or founding, is read, and what follows in its log. */
  public Server recovered(Configuration base) {
    return of(self, base, voting, log, limits);
  }

  /** The same server, sending no more than that at a time. */
  Server with(ZabLimits changed) {
    return new Server(self, memberships, voting, quorum, others, log, changed, removedBy);
  }

  /** The same server, which was told so. */
  Server removedBy(long version) {
    return new Server(
        self, memberships, voting, quorum, others, log, limits, Math.max(removedBy, version));
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
   * Whether it may be needed for an election: observers are not, nor who weighs nothing, nor who
   * has left for good. Who is to leave is, as long as others may not know that.
   */
  boolean mayStand(long commitIndex) {
    return memberships.mayNeed(configuration -> voting.of(configuration).counts(self), commitIndex);
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
      return new Server(self, changed, voting, quorum, others, log, limits, removedBy);
    }
    return known(self, changed, voting, log, limits, removedBy);
  }
}
