package dev.synod.actors.message;

import dev.synod.core.GroupId;
import org.apache.pekko.actor.typed.ActorRef;

/**
 * How a client that is kept waiting finds out that another replica leads by now, long before it
 * gives its try up.
 *
 * <pre>
 *   client ── WhoLeads ──► every node ──► its replica     Leads ──► client
 * </pre>
 */
public interface LeaderSearch extends WireMessage {

  /**
   * Client to a node, which passes it on to its replica, or to a replica: tell me once you follow a
   * leader newer than the one I know of. Answered at once, or when that comes to pass; forgotten
   * when too many wait, so it is said again.
   *
   * @param incarnation in which that one leads: in another one, epochs begin anew
   * @param epoch that of the newest leader heard of; -1 if there was none
   */
  record WhoLeads(GroupId group, long incarnation, long epoch, ActorRef<Leads> client)
      implements LeaderSearch, NodeMessage, ReplicaMessage {

    /** Whether that is news. A group that was founded anew, or forced to go on, counts anew. */
    public boolean isAnsweredBy(Leads leads) {
      return leads.incarnation() != incarnation || leads.epoch() > epoch;
    }
  }

  /**
   * Replica to client: that one leads.
   *
   * @param incarnation of the replica's group
   * @param epoch the leadership's number, by which it is newer than others: Raft's term, Paxos's
   *     ballot, ZAB's epoch
   */
  record Leads(GroupId group, long incarnation, long epoch, ActorRef<ReplicaMessage> leader)
      implements LeaderSearch, GroupClientMessage {}
}
