package dev.synod.crdt.ladder;

import dev.synod.actors.GroupRef;
import dev.synod.core.Bytes;
import dev.synod.core.Outcome;
import dev.synod.core.Read;
import dev.synod.crdt.actor.ReadOutcome;
import dev.synod.crdt.actor.UpdateOutcome;
import dev.synod.crdt.clock.ReplicaId;
import dev.synod.crdt.ladder.ToLadder.BackHeard;
import dev.synod.crdt.ladder.ToLadder.TaskEnded;
import dev.synod.crdt.ladder.protocol.LadderCommand;
import dev.synod.crdt.ladder.protocol.LadderCommand.Back;
import dev.synod.crdt.ladder.protocol.LadderCommand.Joined;
import dev.synod.crdt.ladder.protocol.LadderCommand.Look;
import dev.synod.crdt.ladder.protocol.LadderReply;
import dev.synod.crdt.ladder.protocol.LadderReply.Refused;
import dev.synod.crdt.ladder.protocol.LadderReply.Seen;
import dev.synod.crdt.ladder.protocol.LadderReply.Stands;
import dev.synod.crdt.ladder.rules.LadderFamilies;
import dev.synod.crdt.ladder.rules.LadderNode;
import dev.synod.crdt.ladder.rules.LadderTask;
import dev.synod.crdt.ladder.rules.LadderTask.Join;
import dev.synod.crdt.ladder.rules.LadderTask.Take;
import dev.synod.crdt.lattice.Lattice;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.actor.typed.javadsl.ActorContext;

/** Hands values in and takes the group's, a few at a time, each again until it is done. */
final class LadderTasks {

  private static final Optional<String> DONE = Optional.empty();

  private final ActorContext<ToLadder> context;
  private final int max;
  private final LadderFamilies families;
  private final LadderReplica data;
  private final GroupRef<LadderCommand, LadderReply> group;
  private final Set<String> running = new TreeSet<>();
  private final Set<LadderTask> failed = new HashSet<>(); // until the next tick
  private final Map<String, String> reasons = new TreeMap<>(); // each is logged once
  private final Set<String> backs = new TreeSet<>();
  private final Map<String, String> unheard = new TreeMap<>(); // why; each is logged once

  LadderTasks(
      ActorContext<ToLadder> context,
      LadderSettings settings,
      LadderFamilies families,
      LadderReplica data,
      GroupRef<LadderCommand, LadderReply> group) {
    this.context = context;
    this.max = settings.tasksAtATimeMax();
    this.families = families;
    this.data = data;
    this.group = group;
  }

  /** Some time has passed: what failed may be tried again. */
  void tick(LadderNode node) {
    failed.clear();
    var again = new TreeSet<>(backs);
    backs.clear();
    again.forEach(key -> back(key, node.replica()));
  }

  /** Begins what is due. */
  void run(LadderNode node) {
    for (var task : node.due().values()) {
      boolean isFree = !running.contains(task.key()) && !failed.contains(task);
      if (running.size() < max && isFree) {
        running.add(task.key());
        var family = families.of(task.key()).orElseThrow();
        context.pipeToSelf(
            run(task, family, node),
            (why, failure) ->
                new TaskEnded(
                    task, node.replica(), failure == null ? why : Optional.of(failure.toString())));
      }
    }
  }

  private <T extends Lattice<T>> CompletionStage<Optional<String>> run(
      LadderTask task, LadderFamily<T, ?> family, LadderNode node) {
    if (task instanceof Join join) {
      return join(join, family, node);
    }
    return take((Take) task, family, node);
  }

  /** What is told the replica after this comes too late for the fence: all before it is read. */
  private <T extends Lattice<T>> CompletionStage<Optional<String>> join(
      Join join, LadderFamily<T, ?> family, LadderNode node) {
    boolean isAwaited = node.rungs().of(join.key()).waiting().contains(node.node());
    return data.get(node.replica(), family.values(), join.key())
        .thenCompose(
            read -> {
              if (!(read instanceof ReadOutcome.Found<T> found)) {
                return CompletableFuture.completedStage(Optional.of(read.toString()));
              } else if (!isAwaited && found.value().equals(family.values().empty())) {
                return CompletableFuture.completedStage(DONE); // it has nothing to say
              }
              var value = family.values().codec().encode(found.value());
              return group
                  .propose(new Joined(join.key(), join.fence(), node.node(), node.replica(), value))
                  .thenApply(LadderTasks::why);
            });
  }

  private static Optional<String> why(Outcome<LadderReply> outcome) {
    if (outcome instanceof Outcome.Ok<LadderReply> ok) {
      return ok.reply() instanceof Refused refused ? Optional.of(refused.text()) : DONE;
    }
    return Optional.of(outcome.toString());
  }

  private <T extends Lattice<T>> CompletionStage<Optional<String>> take(
      Take take, LadderFamily<T, ?> family, LadderNode node) {
    return group
        .query(new Look(take.key()), Read.atLeast(node.index()))
        .thenCompose(
            outcome ->
                outcome instanceof Outcome.Ok<LadderReply> ok && ok.reply() instanceof Seen seen
                    ? merge(data, node.replica(), family, take.key(), seen.value())
                    : CompletableFuture.completedStage(Optional.of(outcome.toString())));
  }

  /**
   * Merges the group's value here, as a change of this node's own: if all nodes do, it is the same
   * for all of them. Empty if it is merged, else why not.
   */
  static <T extends Lattice<T>> CompletionStage<Optional<String>> merge(
      LadderReplica data, ReplicaId by, LadderFamily<T, ?> family, String key, Bytes value) {
    var values = family.values();
    return CompletableFuture.completedStage(value)
        .thenApply(values.codec()::decode)
        .thenCompose(
            published ->
                data.update(
                    by,
                    values,
                    key,
                    (mine, self) -> published.isPartOf(mine) ? values.empty() : published))
        .thenApply(
            outcome ->
                outcome instanceof UpdateOutcome.Refused refused
                    ? Optional.of(refused.reason())
                    : DONE);
  }

  /** What the node has come to by that. */
  LadderNode ended(TaskEnded ended, LadderNode node) {
    var task = ended.task();
    running.remove(task.key());
    if (!ended.by().equals(node.replica())) {
      return node; // the replica that is here by now has done nothing yet
    }
    if (ended.why().isPresent()) {
      failed.add(task);
      if (!ended.why().get().equals(reasons.put(task.key(), ended.why().get()))) {
        context.getLog().warn("{} is tried again: {}", task, ended.why().get());
      }
      return node;
    }
    reasons.remove(task.key());
    return task instanceof Join join
        ? node.joined(join.key(), join.fence())
        : node.taken(task.key(), ((Take) task).published());
  }

  /**
   * Tells the group that rights were given back, and what they came from. Empty if it has heard,
   * else why it may not: it is told again then.
   */
  CompletionStage<Optional<String>> back(String key, ReplicaId by) {
    var told = back(key, by, families.of(key).orElseThrow()).exceptionally(LadderTasks::failed);
    context.pipeToSelf(told, (why, failure) -> new BackHeard(key, why));
    return told;
  }

  private static Optional<String> failed(Throwable failure) {
    return Optional.of(failure.toString());
  }

  private <T extends Lattice<T>> CompletionStage<Optional<String>> back(
      String key, ReplicaId by, LadderFamily<T, ?> family) {
    return data.get(by, family.values(), key)
        .thenCompose(
            read ->
                read instanceof ReadOutcome.Found<T> found
                    ? group
                        .propose(new Back(key, family.values().codec().encode(found.value())))
                        .thenApply(LadderTasks::whyUnheard)
                    : CompletableFuture.completedStage(Optional.of(read.toString())));
  }

  /** If the entity is bounded no more, the group hears of it by the fence. */
  private static Optional<String> whyUnheard(Outcome<LadderReply> outcome) {
    return outcome instanceof Outcome.Ok<LadderReply> ok
            && (ok.reply() instanceof Stands || ok.reply() instanceof Refused)
        ? DONE
        : Optional.of(outcome.toString());
  }

  /** Told again, unless it was heard. */
  void backHeard(BackHeard heard) {
    if (heard.why().isEmpty()) {
      unheard.remove(heard.key());
      return;
    }
    backs.add(heard.key());
    if (!heard.why().get().equals(unheard.put(heard.key(), heard.why().get()))) {
      context
          .getLog()
          .warn("Rights of {} were given back, and it is told again: {}", heard.key(), heard.why());
    }
  }
}
