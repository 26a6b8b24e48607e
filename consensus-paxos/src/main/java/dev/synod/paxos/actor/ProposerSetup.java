package dev.synod.paxos.actor;

import dev.synod.actors.Peers;
import dev.synod.core.StoreId;
import dev.synod.log.GroupLog;
import dev.synod.paxos.PaxosSettings;
import dev.synod.paxos.rules.Quorums;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import org.apache.pekko.actor.typed.ActorRef;

/**
 * What a proposer is made of.
 *
 * @param self its own among all proposers
 * @param log where it keeps which rounds it has used; nothing else is written there
 * @param acceptors where each of them is now, as far as is known
 * @param learners who hear what is chosen
 * @param random draws pauses
 */
public record ProposerSetup(
    StoreId self,
    GroupLog log,
    Quorums quorums,
    Function<StoreId, Optional<ActorRef<AcceptorMessage>>> acceptors,
    Peers peers,
    List<ActorRef<LearnerMessage>> learners,
    PaxosSettings settings,
    RandomGenerator random) {

  public ProposerSetup {
    learners = List.copyOf(learners);
  }
}
