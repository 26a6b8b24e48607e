package dev.synod.crdt.ladder;

import dev.synod.actors.AppliedCommand;
import dev.synod.actors.From;
import dev.synod.actors.GroupAdmin;
import dev.synod.actors.GroupRef;
import dev.synod.actors.message.ReplicaStatus;
import dev.synod.core.GroupId;
import dev.synod.core.Outcome;
import dev.synod.core.Read;
import dev.synod.crdt.ladder.protocol.LadderCommand;
import dev.synod.crdt.ladder.protocol.LadderReply;
import dev.synod.crdt.ladder.rules.LadderFamilies;
import dev.synod.crdt.ladder.rules.LadderState;
import dev.synod.crdt.ladder.rules.Rungs;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.apache.pekko.NotUsed;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.pattern.StatusReply;
import org.apache.pekko.stream.BoundedSourceQueue;
import org.apache.pekko.stream.javadsl.Source;

/** A ladder's group in this process, which answers when a test says so. */
final class LocalGroup implements GroupRef<LadderCommand, LadderReply> {

  private static final int CHANGES_MAX = 1000;

  /** What becomes of a command. */
  enum Fate {
    ANSWERED,
    REJECTED,
    APPLIED_AND_UNKNOWN
  }

  private final List<AppliedCommand<LadderCommand>> changes = new ArrayList<>();
  private final List<BoundedSourceQueue<AppliedCommand<LadderCommand>>> watches = new ArrayList<>();
  private LadderState state;
  private long index;
  private Function<LadderCommand, Fate> fates = command -> Fate.APPLIED_AND_UNKNOWN;
  private boolean isHeard = true;

  LocalGroup(List<LadderFamily<?, ?>> families) {
    this.state = LadderState.of(new LadderFamilies(families));
  }

  /** From now on that is what becomes of commands. */
  synchronized void decide(Function<LadderCommand, Fate> then) {
    fates = then;
  }

  /** Watches end, as if what they want next was compacted. */
  synchronized void endWatches() {
    watches.forEach(watch -> watch.fail(new IllegalStateException("compacted")));
    watches.clear();
  }

  /** Whether watches are told of changes; later they are told of none that they missed. */
  synchronized void isHeard(boolean yes) {
    isHeard = yes;
  }

  synchronized LadderState state() {
    return state;
  }

  /** Applies a command, whatever else is decided. */
  synchronized Outcome<LadderReply> apply(LadderCommand command) {
    var applied = state.apply(command, ++index);
    state = applied.after();
    if (Rungs.isChange(command, applied.reply())) {
      var change = new AppliedCommand<>(index, command);
      changes.add(change);
      if (isHeard) {
        watches.forEach(watch -> watch.offer(change));
      }
    }
    return new Outcome.Ok<>(applied.reply(), index);
  }

  @Override
  public synchronized CompletionStage<Outcome<LadderReply>> propose(LadderCommand command) {
    return CompletableFuture.completedStage(
        switch (fates.apply(command)) {
          case ANSWERED -> apply(command);
          case REJECTED -> new Outcome.Rejected<>(Outcome.Reason.NO_LEADER, "no leader was found");
          case APPLIED_AND_UNKNOWN -> {
            apply(command);
            yield new Outcome.Unknown<>("the answer was lost");
          }
        });
  }

  @Override
  public synchronized CompletionStage<Outcome<LadderReply>> query(
      LadderCommand query, Read freshness) {
    return CompletableFuture.completedStage(
        fates.apply(query) == Fate.ANSWERED
            ? new Outcome.Ok<>(state.query(query), index)
            : new Outcome.Rejected<>(Outcome.Reason.NO_LEADER, "no leader was found"));
  }

  @Override
  public synchronized Source<AppliedCommand<LadderCommand>, NotUsed> watch(From from) {
    long first = ((From.Index) from).index();
    return Source.<AppliedCommand<LadderCommand>>queue(CHANGES_MAX)
        .mapMaterializedValue(queue -> begin(queue, first));
  }

  private synchronized NotUsed begin(
      BoundedSourceQueue<AppliedCommand<LadderCommand>> queue, long first) {
    changes.stream().filter(change -> change.index() >= first).forEach(queue::offer);
    watches.add(queue);
    return NotUsed.getInstance();
  }

  @Override
  public GroupId id() {
    return new GroupId("ladder");
  }

  @Override
  public CompletionStage<LadderReply> ask(LadderCommand command) {
    throw new UnsupportedOperationException("a ladder wants outcomes");
  }

  @Override
  public CompletionStage<StatusReply<LadderReply>> askWithStatus(LadderCommand command) {
    throw new UnsupportedOperationException("a ladder wants outcomes");
  }

  @Override
  public void tell(LadderCommand command, ActorRef<Outcome<LadderReply>> replyTo) {
    throw new UnsupportedOperationException("a ladder wants stages");
  }

  @Override
  public CompletionStage<LadderReply> read(LadderCommand query, Read freshness) {
    throw new UnsupportedOperationException("a ladder wants outcomes");
  }

  @Override
  public void read(LadderCommand query, Read freshness, ActorRef<Outcome<LadderReply>> replyTo) {
    throw new UnsupportedOperationException("a ladder wants stages");
  }

  @Override
  public CompletionStage<ReplicaStatus> status() {
    throw new UnsupportedOperationException("a ladder does not ask");
  }

  @Override
  public GroupAdmin admin() {
    throw new UnsupportedOperationException("a ladder does not administer");
  }
}
