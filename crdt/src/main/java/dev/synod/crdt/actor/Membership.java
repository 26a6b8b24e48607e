package dev.synod.crdt.actor;

import dev.synod.crdt.clock.ReplicaId;
import dev.synod.crdt.protocol.PeerMessage;
import dev.synod.crdt.protocol.Standing;
import dev.synod.crdt.protocol.ToReplicator;
import dev.synod.crdt.registry.ReplicaRegistry;
import dev.synod.crdt.rules.Gate;
import dev.synod.crdt.rules.Inheritance;
import dev.synod.crdt.rules.Inherited;
import dev.synod.crdt.rules.Replication;
import dev.synod.crdt.rules.Reporting;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.jspecify.annotations.Nullable;

/**
 * What the group that decides which replicas there are is asked and told; and which words of others
 * count, by what stands.
 */
final class Membership {

  private static final long NOTHING = -1;

  private final ReplicaId self;
  private final Optional<ReplicaRegistry> registry;
  private final ActorContext<ToReplicator> context;
  private final Keeping keeping;
  private final BiConsumer<ReplicaId, PeerMessage> send;
  private Reporting reporting = Reporting.NONE;
  private boolean isAsked;
  private boolean isEvicted;
  private boolean isWaiting;
  private long noticed = NOTHING;

  /**
   * The group has answered, or not.
   *
   * @param standing null if it has not
   */
  record Learned(@Nullable Standing standing, @Nullable Throwable failure)
      implements ToReplicator {}

  Membership(
      ReplicaId self,
      Optional<ReplicaRegistry> registry,
      ActorContext<ToReplicator> context,
      Keeping keeping,
      BiConsumer<ReplicaId, PeerMessage> send) {
    this.self = self;
    this.registry = registry;
    this.context = context;
    this.keeping = keeping;
    this.send = send;
  }

  /** Whether a group decides which replicas there are. */
  boolean isRegistered() {
    return registry.isPresent();
  }

  /**
   * Some time has passed: reports what is merged if that is due, else asks what stands. Others drop
   * things on the strength of a report, so it leaves like all that is told. As long as not all
   * members have what it inherits its report says only that it has what is stable: then others may
   * be evicted.
   */
  void ask(Replication replication, Inheritance inheritance) {
    if (registry.isEmpty() || isAsked) {
      return;
    }
    isAsked = true;
    long number = replication.standing().number();
    boolean isKnown = inheritance.isKnownToAll(replication);
    if (!isEvicted && isKnown && reporting.isDue(replication)) {
      reporting = reporting.told(replication);
      report(number, replication);
    } else if (!isEvicted && !isKnown && noticed != number && Reporting.hasStable(replication)) {
      noticed = number;
      report(Reporting.NOTICE, replication);
    } else {
      reporting = reporting.asked(replication);
      context.pipeToSelf(registry.get().standing(), Learned::new);
    }
  }

  private void report(long standing, Replication replication) {
    var group = registry.orElseThrow();
    var merged = replication.merged();
    keeping.leave(() -> context.pipeToSelf(group.report(self, standing, merged), Learned::new));
  }

  /**
   * What the replica before has changed waits for what it follows.
   *
   * @param hasSearched whether it may have come by now
   */
  void waits(Inheritance inheritance, boolean hasSearched) {
    if (hasSearched && !isWaiting) {
      isWaiting = true;
      context
          .getLog()
          .warn(
              "{} changes of the replica before {} are made anew once what they follow is here, of"
                  + " {}. If who has that does not come back, evict it.",
              inheritance.changes().size(),
              self,
              inheritance.follows());
    }
  }

  /** Takes the answer; what stands by it. */
  Optional<Standing> learned(Learned answer) {
    isAsked = false;
    if (answer.failure() != null) {
      reporting = Reporting.NONE; // it may not have arrived
      noticed = NOTHING;
      context.getLog().debug("The registry of replicas gave no answer", answer.failure());
    }
    return Optional.ofNullable(answer.standing());
  }

  /** Whether a word of that one counts; if not, one of both is told what stands. */
  boolean hears(ReplicaId from, long generation, Standing standing) {
    Gate.answer(self, from, generation, standing).ifPresent(it -> send.accept(from, it));
    return Gate.hears(generation, standing);
  }

  /** Tells that one what stands, if it does not know. */
  void behind(PeerMessage.Behind message, Standing standing) {
    Gate.answer(self, message, standing).ifPresent(it -> send.accept(message.from(), it));
  }

  /**
   * This replica is not one of the members any more.
   *
   * @param instead the one that its node has by now; evict that if nobody runs it
   */
  void evicted(Optional<ReplicaId> instead) {
    if (!isEvicted) {
      isEvicted = true;
      context
          .getLog()
          .warn(
              "{} was evicted, {} is at its node now. It serves on alone until it is known which of"
                  + " its changes the others have, and then goes on under another id. If another is"
                  + " at its node that nobody runs, evict that.",
              self,
              instead.map(ReplicaId::toString).orElse("nobody"));
    }
  }

  private List<Inherited<?>> kept(Replication replication, long known) {
    var kept = replication.changesAfter(known);
    long lost = replication.lostAfter(known);
    if (lost > 0) {
      context
          .getLog()
          .error(
              "{} changes of {} behind the first {} are lost: the others have lost what they had of"
                  + " it, and it has not kept what all had",
              lost,
              self,
              known);
    }
    return kept;
  }

  /**
   * What others lack of what this replica and those before it have changed, by what stands once its
   * node comes back.
   */
  Inheritance left(Replication replication, Inheritance inheritance, Standing standing) {
    var known = standing.changesOf(self);
    if (known.isEmpty()) {
      context.getLog().error("Changes of {} are lost: it was away for long", self);
      return inheritance;
    }
    return inheritance.behind(kept(replication, known.getAsLong()), replication);
  }
}
