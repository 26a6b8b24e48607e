package dev.synod.paxos.actor;

import dev.synod.actors.Peers;
import dev.synod.actors.meters.ReplicaMeters;
import dev.synod.core.StoreId;
import dev.synod.log.GroupLog;
import dev.synod.paxos.PaxosSettings;
import java.util.List;
import org.apache.pekko.actor.typed.ActorRef;

/**
 * What an acceptor is made of.
 *
 * @param log its own, from the first entry on
 * @param learners who hear of its acceptances
 * @param meters are told if it stops taking part
 */
public record AcceptorSetup(
    StoreId self,
    GroupLog log,
    Peers peers,
    List<ActorRef<LearnerMessage>> learners,
    PaxosSettings settings,
    ReplicaMeters meters) {

  public AcceptorSetup {
    learners = List.copyOf(learners);
  }

  /** Measures nothing. */
  public AcceptorSetup(
      StoreId self,
      GroupLog log,
      Peers peers,
      List<ActorRef<LearnerMessage>> learners,
      PaxosSettings settings) {
    this(self, log, peers, learners, settings, ReplicaMeters.NONE);
  }
}
