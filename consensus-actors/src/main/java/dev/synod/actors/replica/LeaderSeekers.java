package dev.synod.actors.replica;

import dev.synod.actors.Peers;
import dev.synod.actors.message.LeaderSearch.Leads;
import dev.synod.actors.message.LeaderSearch.WhoLeads;
import dev.synod.actors.message.ReplicaMessage;
import dev.synod.core.GroupId;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.apache.pekko.actor.typed.ActorRef;

/**
 * Clients that are kept waiting and are to hear of a newer leader as soon as this replica knows of
 * one.
 */
public final class LeaderSeekers {

  /**
   * Clients that wait: one more displaces the first, which asks again. More than the nodes of any
   * group that hosts its clients beside its replicas.
   */
  static final int SEEKERS_MAX = 1024;

  private final GroupId group;
  private final Peers peers;
  private final long incarnation;
  private final Map<ActorRef<Leads>, WhoLeads> waiting = new LinkedHashMap<>();

  /**
   * @param incarnation in which this replica is
   */
  public LeaderSeekers(GroupId group, long incarnation, Peers peers) {
    this.group = group;
    this.incarnation = incarnation;
    this.peers = peers;
  }

  /** Waits from now on; {@link #look} is to follow. What is meant for another group is dropped. */
  public void add(WhoLeads ask) {
    if (!ask.group().equals(group)) {
      return;
    }
    waiting.put(ask.client(), ask);
    if (waiting.size() > SEEKERS_MAX) {
      waiting.remove(waiting.keySet().iterator().next());
    }
  }

  /**
   * Something has happened, perhaps there is another leader.
   *
   * @param epoch of {@code leader}
   */
  public void look(long epoch, Supplier<Optional<ActorRef<ReplicaMessage>>> leader) {
    if (waiting.isEmpty()) {
      return;
    }
    leader
        .get()
        .map(known -> new Leads(group, incarnation, epoch, known))
        .ifPresent(answer -> waiting.values().removeIf(ask -> isTold(answer, ask)));
  }

  private boolean isTold(Leads answer, WhoLeads ask) {
    boolean isNews = ask.isAnsweredBy(answer);
    if (isNews) {
      peers.tell(ask.client(), answer);
    }
    return isNews;
  }
}
