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

  /** It is repeated after twice as long each time, up to so many times the wait before it. */
  static final int APART_MAX = 20;

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
  private long apart = APART;

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
  void located(Located there) {
    if (there.group().equals(group)) {
      there.replica().ifPresent(route::named);
    }
  }

  /** Asks who leads, if it is time to. */
  void look(long now) {
    if (isKeptWaiting(now) && searchAt <= now) {
      searchAt = now + apart * ticks;
      apart = Math.min(2 * apart, APART_MAX);
      nodes.forEach(node -> peers.tell(peers.node(node.address()), whoLeads));
      route.unnamed().forEach(replica -> peers.tell(replica, whoLeads));
    }
  }

  /**
   * A try was not answered in time, so it is worth hearing that the leader is still the one that is
   * known: it was perhaps only that message that was lost. A search for any leader at all goes on
   * at its pace.
   */
  void silent() {
    if (whoLeads.epoch() >= 0) {
      whoLeads = new WhoLeads(group, NONE, -1, whoLeads.client());
      startOver();
    }
  }

  /**
   * A replica has answered. If that is not whom the client waits for in vain, it asks again soon:
   * there may be a newer one.
   *
   * @return what waits for an older leader than that one, to be sent again; nothing if this is no
   *     news, since replicas may be behind
   */
  List<Request> found(Leads answer) {
    if (!answer.group().equals(group) || !whoLeads.isAnsweredBy(answer)) {
      return List.of();
    }
    whoLeads = new WhoLeads(group, answer.incarnation(), answer.epoch(), whoLeads.client());
    startOver();
    route.elected(answer.leader());
    return attempts.leave(answer.leader());
  }

  /**
   * When to {@link #look} next, as things are. What is due already stays so: the client comes here
   * with every request, and its wake-up is never punctual.
   */
  long dueAt(long now) {
    if (!isKeptWaiting(now)) {
      apart = APART;
    }
    long waiting = route.isPausing(now) ? now : attempts.keptWaitingAt(ticks);
    return Math.max(searchAt, waiting);
  }

  private void startOver() {
    searchAt = 0;
    apart = APART;
  }

  private boolean isKeptWaiting(long now) {
    return route.isPausing(now) || attempts.keptWaitingAt(ticks) <= now;
  }
}
