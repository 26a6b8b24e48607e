package dev.synod.raft.rules;

import dev.synod.core.Configuration;
import dev.synod.core.Memberships;
import dev.synod.core.Quorum;
import dev.synod.core.StoreId;
import dev.synod.log.LogView;
import java.util.List;

/**
 * What all roles of one server share: who it is, who belongs to the group, and its log as rules may
 * see it.
 *
 * @param memberships all that the log says of members
 * @param quorum who decides, by the newest of these
 * @param others all other members, in order, be they voters or learners
 * @param priority how much it is wanted as leader
 * @param removedBy version of a committed configuration that is said not to name this server; 0 if
 *     none is
 */
public record Server(
    StoreId self,
    Memberships memberships,
    Quorum quorum,
    List<StoreId> others,
    LogView log,
    ReplicationLimits limits,
    Priority priority,
    long removedBy) {

  /** A server whose snapshot, or whose group's founding, says so. */
  public static Server of(
      StoreId self, Configuration base, LogView log, ReplicationLimits limits, Priority priority) {
    var memberships = Memberships.of(log.base().index(), base, log.configurations());
    var latest = memberships.latest();
    return new Server(
        self, memberships, latest.quorum(), latest.others(self), log, limits, priority, 0);
  }

  /** Who belongs to the group, as far as this server knows. */
  public Configuration configuration() {
    return memberships.latest();
  }

  /** Whether its vote counts, by the newest configuration in its log. */
  public boolean isVoter() {
    return quorum.members().contains(self);
  }

  /** Whether it is a witness by any configuration that it holds; nobody is one only for a while. */
  boolean isWitness() {
    return memberships.all().stream().anyMatch(placed -> placed.configuration().isWitness(self));
  }

  /** Whether it may win an election: learners may not, nor who has left for good. */
  boolean mayStand(long commitIndex) {
    return memberships.mayNeed(self, commitIndex);
  }

  /**
   * Whether it stands for election if it hears no leader. The only voter has nobody to wait for.
   */
  boolean standsByItself(long commitIndex) {
    boolean isWilling = priority.value() > 0 || electors().isEmpty();
    return isWilling && mayStand(commitIndex) && !isRemoved();
  }

  /**
   * Whether the group has gone on without this server, as far as it has heard. A newer
   * configuration in its log is a better word; another one of that version was never committed.
   */
  public boolean isRemoved() {
    return removedBy > 0 && removedBy >= configuration().version();
  }

  /** §6: whether the group has gone on without that one, for certain. */
  boolean hasRemoved(StoreId other, long commitIndex) {
    return configuration().member(other).isEmpty()
        && memberships.committed(commitIndex).member(other).isEmpty();
  }

  /** The same server, which was told so. */
  Server removedBy(long version) {
    return new Server(
        self, memberships, quorum, others, log, limits, priority, Math.max(removedBy, version));
  }

  /** The other members whose votes count. */
  List<StoreId> electors() {
    return quorum.members().stream().filter(store -> !store.equals(self)).toList();
  }

  Server with(LogView newLog) {
    return new Server(self, memberships, quorum, others, newLog, limits, priority, removedBy);
  }

  Server with(Priority changed) {
    return new Server(self, memberships, quorum, others, log, limits, changed, removedBy);
  }

  /** The same server, sending no more than that at a time. */
  Server with(ReplicationLimits newLimits) {
    return new Server(self, memberships, quorum, others, log, newLimits, priority, removedBy);
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
            changed.basedOn(place.index(), install.configuration(), Matching.holds(log, place));
      }
    }
    if (changed.equals(memberships)) {
      return this;
    }
    var latest = changed.latest();
    return new Server(
        self, changed, latest.quorum(), latest.others(self), log, limits, priority, removedBy);
  }
}
