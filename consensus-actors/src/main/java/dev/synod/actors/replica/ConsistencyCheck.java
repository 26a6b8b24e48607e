package dev.synod.actors.replica;

import dev.synod.actors.message.ConsistencyMessage.CompareDigests;
import dev.synod.actors.message.ConsistencyMessage.DigestsAre;
import dev.synod.actors.message.ConsistencyMessage.Diverged;
import dev.synod.actors.message.ReplicaMessage;
import dev.synod.core.Configuration;
import dev.synod.core.Member;
import dev.synod.core.StoreId;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.apache.pekko.actor.typed.ActorRef;
import org.slf4j.Logger;

/**
 * A leader's part in comparing replicas: asks all for their digests after an entry that it has
 * applied, and tells those that a majority contradicts. It may be one of these itself.
 */
public final class ConsistencyCheck {

  private static final String SPLIT =
      """
      the replicas have come to different states after entry %d, and no majority agrees, so nobody \
      can tell which is right: the state machine is not deterministic. All go on serving; mend the \
      machine, and found the group anew from the state that you trust\
      """;

  private final ReplicaSetup setup;
  private final ActorRef<ReplicaMessage> self;
  private final Logger log;
  private final Function<StoreId, Optional<ActorRef<ReplicaMessage>>> refOf;

  private DigestTally tally = new DigestTally();
  private DigestTally states = new DigestTally();
  private long version;
  private long index;
  private long stateIndex;
  private Optional<String> trouble = Optional.empty();
  private final Set<StoreId> reported = new HashSet<>();

  /**
   * Nothing is compared yet.
   *
   * @param refOf where a member's replica is, as far as known
   */
  public ConsistencyCheck(
      ReplicaSetup setup,
      ActorRef<ReplicaMessage> self,
      Logger log,
      Function<StoreId, Optional<ActorRef<ReplicaMessage>>> refOf) {
    this.setup = setup;
    this.self = self;
    this.log = log;
    this.refOf = refOf;
  }

  /** What is wrong with the group, for a person. */
  public Optional<String> trouble() {
    return trouble;
  }

  /** Whether something was applied since the last time. */
  public boolean isDue(long applied) {
    return applied > index;
  }

  /** Compares all with this leader's own digests, if something was applied since the last time. */
  public void begin(DigestsAre own, Configuration configuration) {
    if (own.index() <= index) {
      return;
    }
    index = own.index();
    version = own.version();
    tally = new DigestTally();
    var question = new CompareDigests(own.incarnation(), self, index);
    comparable(configuration).stream()
        .filter(other -> !other.equals(own.store()))
        .forEach(other -> refOf.apply(other).ifPresent(to -> setup.peers().tell(to, question)));
    answered(own, configuration);
  }

  /** What a replica says its digests are. */
  public void answered(DigestsAre answer, Configuration configuration) {
    if (answer.incarnation() != setup.founded().incarnation() || answer.version() != version) {
      return;
    }
    if (answer.index() == index) {
      tally.answered(answer.store(), answer.digest());
      judge(tally, index, false, configuration);
    }
    if (answer.stateIndex() > stateIndex) {
      stateIndex = answer.stateIndex();
      states = new DigestTally();
    }
    if (answer.stateIndex() == stateIndex && stateIndex > 0) {
      states.answered(answer.store(), answer.stateDigest());
      judge(states, stateIndex, true, configuration);
    }
  }

  private void judge(DigestTally by, long at, boolean isState, Configuration configuration) {
    var members = comparable(configuration);
    var verdict = by.verdict(configuration.membership().fullQuorum(), members);
    if (verdict instanceof DigestTally.Verdict.Agreed agreed) {
      tell(agreed, at, isState);
    } else if (verdict instanceof DigestTally.Verdict.Split && trouble.isEmpty()) {
      trouble = Optional.of(SPLIT.formatted(at));
      log.error("{}: {}", setup.group(), SPLIT.formatted(at));
      setup.meters().diverged(members.size());
    }
  }

  /** Witnesses have no state. */
  private static List<StoreId> comparable(Configuration configuration) {
    return configuration.members().stream()
        .map(Member::store)
        .filter(configuration::isFull)
        .toList();
  }

  private void tell(DigestTally.Verdict.Agreed agreed, long at, boolean isState) {
    if (agreed.diverged().isEmpty()) {
      return;
    }
    var diverged = new Diverged(setup.founded().incarnation(), at, agreed.digest(), isState);
    for (StoreId store : agreed.diverged().stream().sorted().toList()) {
      if (reported.add(store)) {
        log.error("{}: the replica of store {} diverged up to {}", setup.group(), store, at);
        setup.meters().diverged(1);
      }
      refOf.apply(store).ifPresent(to -> setup.peers().tell(to, diverged));
    }
  }
}
