package dev.synod.crdt.ladder;

import dev.synod.actors.AppliedCommand;
import dev.synod.actors.From;
import dev.synod.actors.GroupRef;
import dev.synod.core.Outcome;
import dev.synod.crdt.actor.ReplicatedValues;
import dev.synod.crdt.actor.Replicator;
import dev.synod.crdt.ladder.ToLadder.AwaitStart;
import dev.synod.crdt.ladder.ToLadder.BackHeard;
import dev.synod.crdt.ladder.ToLadder.Described;
import dev.synod.crdt.ladder.ToLadder.GetStatus;
import dev.synod.crdt.ladder.ToLadder.GiveBack;
import dev.synod.crdt.ladder.ToLadder.GivenUp;
import dev.synod.crdt.ladder.ToLadder.Greeted;
import dev.synod.crdt.ladder.ToLadder.Heard;
import dev.synod.crdt.ladder.ToLadder.MoveTo;
import dev.synod.crdt.ladder.ToLadder.Moved;
import dev.synod.crdt.ladder.ToLadder.Read;
import dev.synod.crdt.ladder.ToLadder.TaskEnded;
import dev.synod.crdt.ladder.ToLadder.Tick;
import dev.synod.crdt.ladder.ToLadder.Update;
import dev.synod.crdt.ladder.ToLadder.WatchEnded;
import dev.synod.crdt.ladder.protocol.LadderCommand;
import dev.synod.crdt.ladder.protocol.LadderReply;
import dev.synod.crdt.ladder.protocol.LadderReply.Welcome;
import dev.synod.crdt.ladder.protocol.Reason;
import dev.synod.crdt.ladder.protocol.Rung;
import dev.synod.crdt.ladder.rules.LadderFamilies;
import dev.synod.crdt.ladder.rules.LadderNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.Done;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Adapter;
import org.apache.pekko.actor.typed.javadsl.AskPattern;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.stream.Materializer;
import org.apache.pekko.stream.javadsl.Sink;

/**
 * Follows the group for this node, and does what {@link LadderNode} says: where operations are
 * done, and what has to be handed in or taken.
 */
final class LadderActor {

  private final ActorContext<ToLadder> context;
  private final String node;
  private final LadderSettings settings;
  private final LadderReplica data;
  private final GroupRef<LadderCommand, LadderReply> group;
  private final LadderUpdates updates;
  private final LadderReads reads;
  private final LadderMoves moves;
  private final LadderTasks tasks;
  private final LadderReturns returns;
  private final Materializer watches; // which end with this actor
  private final List<ActorRef<Done>> awaiting = new ArrayList<>();
  private Optional<LadderNode> following = Optional.empty();
  private boolean isDescribing;
  private boolean isUndescribed; // which is logged once
  private boolean isGreeting;
  private boolean isWatching;

  private LadderActor(
      ActorContext<ToLadder> context,
      String node,
      LadderSettings settings,
      LadderFamilies families,
      ReplicatedValues values,
      boolean isRegistered,
      GroupRef<LadderCommand, LadderReply> group) {
    this.context = context;
    this.node = node;
    this.settings = settings;
    this.data = new LadderReplica(values, isRegistered, context.getExecutionContext());
    this.group = group;
    this.updates = new LadderUpdates(context, settings, data, group);
    this.reads = new LadderReads(context, settings, data, group);
    this.moves = new LadderMoves(settings);
    this.tasks = new LadderTasks(context, settings, families, data, group);
    this.returns = new LadderReturns(context, data, tasks);
    this.watches = Materializer.createMaterializer(Adapter.toClassic(context));
  }

  /**
   * @param isRegistered whether a registry gives the replica its id, which may then change
   */
  static Behavior<ToLadder> behavior(
      String node,
      LadderSettings settings,
      LadderFamilies families,
      ReplicatedValues data,
      boolean isRegistered,
      GroupRef<LadderCommand, LadderReply> group) {
    return Behaviors.setup(
        context ->
            Behaviors.withTimers(
                timers -> {
                  timers.startTimerWithFixedDelay(Tick.INSTANCE, settings.retryInterval());
                  return new LadderActor(
                          context, node, settings, families, data, isRegistered, group)
                      .start();
                }));
  }

  private Behavior<ToLadder> start() {
    describe();
    return Behaviors.receive(ToLadder.class)
        .onMessage(Update.class, this::onUpdate)
        .onMessage(Read.class, this::onRead)
        .onMessage(Heard.class, this::onHeard)
        .onMessage(MoveTo.class, this::onMoveTo)
        .onMessage(Moved.class, this::onMoved)
        .onMessage(GiveBack.class, this::onGiveBack)
        .onMessage(GivenUp.class, this::onGivenUp)
        .onMessage(BackHeard.class, this::onBackHeard)
        .onMessage(TaskEnded.class, this::onTaskEnded)
        .onMessage(Tick.class, this::onTick)
        .onMessage(GetStatus.class, this::onGetStatus)
        .onMessage(AwaitStart.class, this::onAwaitStart)
        .onMessage(Described.class, this::onDescribed)
        .onMessage(Greeted.class, this::onGreeted)
        .onMessage(WatchEnded.class, this::onWatchEnded)
        .build();
  }

  private Behavior<ToLadder> onAwaitStart(AwaitStart question) {
    if (following.isPresent() && following.get().isMember()) {
      question.replyTo().tell(Done.getInstance());
    } else if (awaiting.size() < settings.movesPendingMax()) {
      awaiting.add(question.replyTo());
    }
    return Behaviors.same();
  }

  /** One question at a time: of two, the later one's answer may come first. */
  private void describe() {
    if (!isDescribing) {
      isDescribing = true;
      context.pipeToSelf(
          data.describe(),
          (description, failure) ->
              new Described(
                  Optional.ofNullable(description).map(Replicator.Description::self),
                  String.valueOf(failure)));
    }
  }

  private Behavior<ToLadder> onDescribed(Described described) {
    isDescribing = false;
    if (described.replica().isEmpty()) {
      if (!isUndescribed) {
        context
            .getLog()
            .warn(
                "This node's replica does not answer, and is asked again; if it has stopped, the"
                    + " log says why: {}",
                described.why());
      }
      isUndescribed = true;
      return Behaviors.same();
    }
    isUndescribed = false;
    var replica = described.replica().get();
    if (following.isEmpty()) {
      following = Optional.of(LadderNode.of(node, replica));
      greet();
    } else if (!following.get().replica().equals(replica)) {
      context.getLog().info("{} is at this node by now, and says hello", replica);
      take(following.get().replaced(replica));
    }
    return Behaviors.same();
  }

  private void greet() {
    if (following.isPresent() && !isGreeting) {
      isGreeting = true;
      var hello = following.get().hello();
      context.pipeToSelf(group.propose(hello), (outcome, failure) -> new Greeted(hello, outcome));
    }
  }

  private Behavior<ToLadder> onGreeted(Greeted greeted) {
    isGreeting = false;
    if (greeted.outcome() instanceof Outcome.Ok<LadderReply> ok
        && ok.reply() instanceof Welcome welcome) {
      take(following.orElseThrow().welcomed(greeted.hello(), welcome, ok.index()));
      watch();
    } else {
      context.getLog().info("The ladder's group does not welcome: {}", greeted.outcome());
    }
    return Behaviors.same();
  }

  private void watch() {
    if (isWatching) {
      return;
    }
    isWatching = true;
    var self = context.getSelf();
    var ended =
        group
            .watch(From.after(following.orElseThrow().index()))
            .mapAsync(1, change -> told(self, change))
            .runWith(Sink.ignore(), watches);
    context.pipeToSelf(
        LadderReplica.on(context.getExecutionContext(), ended),
        (done, failure) -> new WatchEnded(String.valueOf(failure)));
  }

  private CompletionStage<Done> told(
      ActorRef<ToLadder> self, AppliedCommand<LadderCommand> change) {
    return AskPattern.ask(
        self,
        (ActorRef<Done> ack) -> new Heard(change, ack),
        settings.answerTimeout(),
        context.getSystem().scheduler());
  }

  private Behavior<ToLadder> onHeard(Heard heard) {
    heard.ack().tell(Done.getInstance());
    take(following.orElseThrow().heard(heard.change().command(), heard.change().index()));
    return Behaviors.same();
  }

  /** What it missed meanwhile may be more than is kept, so it begins anew. */
  private Behavior<ToLadder> onWatchEnded(WatchEnded ended) {
    context.getLog().info("The watch of the ladder's group has ended: {}", ended.why());
    isWatching = false;
    return Behaviors.same();
  }

  private void take(LadderNode then) {
    following = Optional.of(then);
    moves.look(then);
    tasks.run(then);
    if (then.isMember()) {
      awaiting.forEach(it -> it.tell(Done.getInstance()));
      awaiting.clear();
    } else {
      greet();
    }
  }

  private Behavior<ToLadder> onTick(Tick tick) {
    if (following.isEmpty()) {
      describe();
      return Behaviors.same();
    }
    if (!isWatching) {
      greet();
    }
    if (data.isRegistered()) {
      describe();
    }
    moves.tick(following.get());
    tasks.tick(following.get());
    take(following.get());
    return Behaviors.same();
  }

  private Behavior<ToLadder> onTaskEnded(TaskEnded ended) {
    take(tasks.ended(ended, following.orElseThrow()));
    return Behaviors.same();
  }

  private Behavior<ToLadder> onUpdate(Update<?, ?> update) {
    if (following.isEmpty()) {
      update.replyTo().tell(new LadderOutcome.Rejected(Reason.STARTING, "this node is starting"));
    } else {
      updates.update(update, following.get());
    }
    return Behaviors.same();
  }

  private Behavior<ToLadder> onRead(Read<?> read) {
    reads.read(read, following);
    return Behaviors.same();
  }

  private Behavior<ToLadder> onMoveTo(MoveTo move) {
    if (moves.isFull()) {
      move.replyTo()
          .tell(new LadderOutcome.Rejected(Reason.UNAVAILABLE, "busy: too many moves wait"));
      return Behaviors.same();
    }
    context.pipeToSelf(
        group.propose(new LadderCommand.Move(move.key(), move.to())),
        (outcome, failure) -> new Moved(move, outcome));
    return Behaviors.same();
  }

  private Behavior<ToLadder> onMoved(Moved moved) {
    moves.moved(moved);
    following.ifPresent(moves::look);
    return Behaviors.same();
  }

  private Behavior<ToLadder> onGiveBack(GiveBack giveBack) {
    returns.giveBack(giveBack, following);
    return Behaviors.same();
  }

  private Behavior<ToLadder> onGivenUp(GivenUp givenUp) {
    returns.givenUp(givenUp);
    return Behaviors.same();
  }

  private Behavior<ToLadder> onBackHeard(BackHeard heard) {
    tasks.backHeard(heard);
    return Behaviors.same();
  }

  private Behavior<ToLadder> onGetStatus(GetStatus question) {
    var rung = following.map(it -> it.rungs().of(question.key()));
    boolean isReady =
        following.isPresent()
            && following.get().hasArrived(question.key(), rung.orElseThrow().mode());
    question.replyTo().tell(LadderStatus.of(rung.orElse(Rung.FIRST), isReady));
    return Behaviors.same();
  }
}
