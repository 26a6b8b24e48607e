package dev.synod.actors.message;

import dev.synod.core.GroupId;
import dev.synod.core.Member;
import dev.synod.core.StoreId;
import java.util.List;
import java.util.Optional;

/**
 * A replica as a person wants to see it.
 *
 * @param role in the protocol's words, such as {@code leader}
 * @param term the leadership's number: Raft's term, Paxos's ballot, ZAB's epoch
 * @param leader empty if unknown
 * @param trouble empty if well; else one sentence for a person
 * @param peers what a leader knows of the others; empty on other roles
 * @param details the same in the protocol's own words, with what only this protocol has, in the
 *     order of a table; the leadership's number comes first. Empty if there is nothing to say yet
 */
public record ReplicaStatus(
    GroupId group,
    Member self,
    String role,
    long term,
    Optional<StoreId> leader,
    long lastIndex,
    long commitIndex,
    long appliedIndex,
    long snapshotIndex,
    Optional<String> trouble,
    List<Peer> peers,
    List<Detail> details)
    implements WireMessage, GroupClientMessage {

  /**
   * What the leader knows of one other replica.
   *
   * @param matchIndex known to be durable there
   * @param lastContactMillis since its last answer; -1 if none yet
   */
  public record Peer(Member member, long matchIndex, long lastContactMillis) {}

  /**
   * One thing that people of this protocol look at.
   *
   * @param label such as {@code term}, or {@code ballot}
   * @param value such as {@code 7}, or {@code 7.n1}
   */
  public record Detail(String label, String value) {

    /** A number. */
    public static Detail of(String label, long value) {
      return new Detail(label, Long.toString(value));
    }
  }
}
