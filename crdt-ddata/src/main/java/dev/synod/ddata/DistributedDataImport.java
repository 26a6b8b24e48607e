package dev.synod.ddata;

import dev.synod.crdt.actor.Consistency;
import dev.synod.crdt.actor.ReplicatedValues;
import dev.synod.crdt.actor.UpdateOutcome;
import dev.synod.crdt.lattice.Lattice;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.UnaryOperator;
import org.apache.pekko.actor.ActorRef;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.javadsl.Adapter;
import org.apache.pekko.cluster.ddata.DistributedData;
import org.apache.pekko.cluster.ddata.Replicator;
import org.apache.pekko.cluster.ddata.Replicator.ReadConsistency;
import org.apache.pekko.pattern.Patterns;

/**
 * Reads keys of Pekko's Distributed Data, each once, and writes each as one change into a key of
 * {@link ReplicatedValues}. Repeatable: one more import, here or at another node, before or after a
 * crash, counts nothing twice and brings back nothing that was removed here.
 *
 * <ul>
 *   <li>A counter takes over what has changed since the last import. So it may be imported again
 *       while the old application still counts.
 *   <li>A set or a map is imported once: what is written there later stays there. So the old
 *       application must have stopped writing it, and the reading be one of all nodes or of a
 *       majority.
 * </ul>
 *
 * <p>Nothing is changed in Distributed Data. Safe for use by many threads.
 */
public final class DistributedDataImport {

  /** An answer is late by the time that it takes to come here. */
  private static final Duration GRACE = Duration.ofSeconds(5);

  private final ActorRef source;
  private final Executor executor;
  private final ReplicatedValues values;

  private DistributedDataImport(ActorRef source, Executor executor, ReplicatedValues values) {
    this.source = source;
    this.executor = executor;
    this.values = values;
  }

  /** From the replicator of the extension {@code DistributedData} of this system. */
  public static DistributedDataImport of(ActorSystem<?> system, ReplicatedValues values) {
    return of(system, DistributedData.get(Adapter.toClassic(system)).replicator(), values);
  }

  /**
   * From a replicator of one's own.
   *
   * @param source the actor that {@code Replicator.props} of Distributed Data has made
   */
  public static DistributedDataImport of(
      ActorSystem<?> system, ActorRef source, ReplicatedValues values) {
    return new DistributedDataImport(source, system.executionContext(), values);
  }

  /**
   * Imports a key.
   *
   * @param reading how many nodes are read, such as {@code ReadMajority}
   * @param writing how many replicas are to have it before the call ends
   * @return the outcome; fails only if a replicator has stopped
   */
  public <T extends Lattice<T>> CompletionStage<ImportOutcome> run(
      Mapping<?, T> mapping, ReadConsistency reading, Consistency writing) {
    var timeout = Duration.ofNanos(reading.timeout().toNanos()).plus(GRACE);
    return Patterns.ask(source, new Replicator.Get<>(mapping.from(), reading), timeout)
        .thenComposeAsync(answer -> answered(answer, mapping, writing), executor);
  }

  private <T extends Lattice<T>> CompletionStage<ImportOutcome> answered(
      Object answer, Mapping<?, T> mapping, Consistency writing) {
    if (answer instanceof Replicator.GetSuccess<?> found) {
      return mapping.isFor(found.dataValue())
          ? changed(mapping, found, writing)
          : ended(
              new ImportOutcome.WrongType(
                  mapping.expected(), found.dataValue().getClass().getSimpleName()));
    } else if (answer instanceof Replicator.NotFound<?>) {
      return ended(new ImportOutcome.Missing());
    } else if (answer instanceof Replicator.GetDataDeleted<?>) {
      return ended(new ImportOutcome.Unread("the key was deleted there"));
    }
    return ended(
        new ImportOutcome.Unread("so many nodes as are to be read did not answer in time"));
  }

  private <T extends Lattice<T>> CompletionStage<ImportOutcome> changed(
      Mapping<?, T> mapping, Replicator.GetSuccess<?> found, Consistency writing) {
    UnaryOperator<T> change;
    try {
      change = mapping.change(found.dataValue());
    } catch (ArithmeticException e) {
      return ended(new ImportOutcome.Refused("a counter is above what a long holds"));
    } catch (ClassCastException | IllegalArgumentException e) {
      return ended(
          new ImportOutcome.Refused("an element is none of the family's: " + e.getMessage()));
    }
    var isNew = new AtomicBoolean();
    return values
        .update(
            mapping.family(),
            mapping.to(),
            (here, me) -> {
              var delta = change.apply(here);
              isNew.set(!delta.isPartOf(here));
              return delta;
            },
            writing)
        .thenApply(outcome -> told(outcome, isNew.get()));
  }

  private static ImportOutcome told(UpdateOutcome outcome, boolean isNew) {
    if (outcome instanceof UpdateOutcome.Written written) {
      return new ImportOutcome.Imported(isNew, written.copies(), written.token());
    } else if (outcome instanceof UpdateOutcome.Unconfirmed done) {
      return new ImportOutcome.Unconfirmed(isNew, done.copies(), done.token());
    }
    return new ImportOutcome.Refused(((UpdateOutcome.Refused) outcome).reason());
  }

  private static CompletionStage<ImportOutcome> ended(ImportOutcome outcome) {
    return CompletableFuture.completedFuture(outcome);
  }
}
