package dev.synod.actors.client;

import dev.synod.actors.Peers;
import dev.synod.actors.message.GroupClientMessage;
import dev.synod.actors.message.LeaderSearch.Leads;
import dev.synod.actors.message.LeaderSearch.WhoLeads;
import dev.synod.actors.message.NodeMessage.Locate;
import dev.synod.actors.message.NodeMessage.Located;
import dev.synod.core.GroupId;
import dev.synod.core.NodeAddress;
import java.util.List;
import org.apache.pekko.actor.typed.ActorRef;

/**
 * Finds the replicas, and another leader while tries at the old one are still under way. Time is
 * counted in ticks.
 */
final class Lookout {

  /** A search is repeated after so many times the wait before it: what was asked may be lost. */
  static final int APART = 5;

  /** The incarnation of no group. */
  private static final long NONE = 0;

  private final GroupId group;
  private final List<NodeAddress> nodes;
  private final Peers peers;
  private final Route route;
  private final Attempts attempts;
  private final long ticks;
  private final Locate locate;
  private WhoLeads whoLeads;
  private long searchAt;

  /**
   * Knows of no leader.
   *
   * @param nodes where replicas may be
   * @param client gets the answers
   * @param ticks how long an answer may take before a search begins
   */
  Lookout(
      GroupId group,
      List<NodeAddress> nodes,
      Peers peers,
      ActorRef<GroupClientMessage> client,
      Route route,
      Attempts attempts,
      long ticks) {
    this.group = group;
    this.nodes = nodes;
    this.peers = peers;
    this.route = route;
    this.attempts = attempts;
    this.ticks = ticks;
    this.locate = new Locate(group, client.narrow());
    this.whoLeads = new WhoLeads(group, NONE, -1, client.narrow());
  }

  /** Asks the nodes where the group's replicas are. */
  void locate() {
    nodes.forEach(node -> peers.tell(peers.node(node.address()), locate));
  }

  /** A node has answered. Whom it names may have been started anew since it was last asked. */
  void located(Located there, long now) {
    if (there.group().equals(group)) {
      there
          .replica()
          .filter(route::learned)
          .filter(replica -> isKeptWaiting(now))
          .ifPresent(replica -> peers.tell(replica, whoLeads));
    }
  }

  /** A tick has passed. */
  void look(long now) {
    if (searchAt <= now && isKeptWaiting(now)) {
      searchAt = now + APART * ticks;
      route.others().forEach(replica -> peers.tell(replica, whoLeads));
      locate();
    }
  }

  /**
   * A try was not answered in time, so it is worth hearing that the leader is still the one that is
   * known: it was perhaps only that message that was lost.
   */
  void silent() {
    whoLeads = new WhoLeads(group, NONE, -1, whoLeads.client());
    searchAt = 0;
  }

  /**
   * A replica has answered. If that is not whom the client waits for in vain, it asks again soon:
   * there may be a newer one.
   *
   * @return what waits for an older leader than that one, to be sent again; nothing if this is no
   *     news, since replicas may be behind
   */
  List<Request> found(Leads answer) {
    if (!answer.group().equals(group) || !isNews(answer)) {
      return List.of();
    }
    whoLeads = new WhoLeads(group, answer.incarnation(), answer.epoch(), whoLeads.client());
    searchAt = 0;
    route.elected(answer.leader());
    return attempts.leave(answer.leader());
  }

  /** A group that was founded anew, or went on after a forced configuration, counts anew. */
  private boolean isNews(Leads answer) {
    return answer.incarnation() != whoLeads.incarnation() || answer.epoch() > whoLeads.epoch();
  }

  private boolean isKeptWaiting(long now) {
    return route.isPausing(now) || attempts.areKeptWaiting(ticks, now);
  }
}
