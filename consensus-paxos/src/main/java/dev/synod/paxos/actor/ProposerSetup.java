package dev.synod.paxos.actor;

import dev.synod.actors.Peers;
import dev.synod.core.StoreId;
import dev.synod.paxos.PaxosSettings;
import dev.synod.paxos.rules.Quorums;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;
import org.apache.pekko.actor.typed.ActorRef;

/**
 * What a proposer is made of.
 *
 * @param self its own among all proposers
 * @param rounds where it keeps which ones it has used
 * @param acceptors where each of them is, as far as is known at the start; {@link
 *     ProposerMessage.AcceptorAt} tells more
 * @param learners who hear what is chosen
 * @param random draws pauses
 * @param nanoTime monotonic, in nanoseconds
 */
public record ProposerSetup(
    StoreId self,
    RoundsKeeper rounds,
    Quorums quorums,
    Map<StoreId, ActorRef<AcceptorMessage>> acceptors,
    Peers peers,
    List<ActorRef<LearnerMessage>> learners,
    PaxosSettings settings,
    RandomGenerator random,
    LongSupplier nanoTime) {

  public ProposerSetup {
    acceptors = Collections.unmodifiableMap(new TreeMap<>(acceptors));
    learners = List.copyOf(learners);
  }
}
