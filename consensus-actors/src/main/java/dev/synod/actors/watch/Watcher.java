package dev.synod.actors.watch;

import dev.synod.actors.AppliedCommand;
import dev.synod.actors.CompactedException;
import dev.synod.actors.From;
import dev.synod.actors.RefoundedException;
import dev.synod.actors.WatchFailedException;
import dev.synod.actors.message.GroupClientMessage.FindReplicas;
import dev.synod.actors.message.GroupClientMessage.Replicas;
import dev.synod.actors.message.ReplicaMessage;
import dev.synod.actors.message.WatchMessage;
import dev.synod.actors.message.WatchMessage.Changed;
import dev.synod.actors.message.WatchMessage.Changes;
import dev.synod.actors.message.WatchMessage.Gone;
import dev.synod.actors.message.WatchMessage.Pull;
import dev.synod.actors.message.WatchMessage.Refounded;
import dev.synod.actors.message.WatchMessage.ToHub;
import dev.synod.actors.message.WatchMessage.ToWatcher;
import dev.synod.actors.primarybackup.Transaction;
import dev.synod.actors.wire.EncodedCommand;
import dev.synod.actors.wire.EncodedValue;
import java.io.NotSerializableException;
import java.util.ArrayDeque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.javadsl.Adapter;
import org.apache.pekko.stream.SourceShape;
import org.apache.pekko.stream.stage.AbstractOutHandler;
import org.apache.pekko.stream.stage.TimerGraphStageLogic;
import org.jspecify.annotations.Nullable;
import scala.runtime.BoxedUnit;

/**
 * One run of a watch: pulls from one replica after the other what comes after its position, and
 * keeps it for a consumer that is slower, up to a bound: it pulls no more than there is room for.
 * At most one pull is under way, or one to each of several replicas, of which the first that serves
 * is taken. Its number tells its answer from late ones, and its position makes the answer follow
 * what is here: so nothing is missed, doubled or out of order, whoever answers.
 */
final class Watcher<C> extends TimerGraphStageLogic {

  private static final String TICK = "tick";

  /** Pulls in a row that were not answered within an interval before another replica is tried. */
  private static final int SILENCES_MAX = 3;

  /** The same for a replica that has not answered yet. */
  private static final int STRANGER_SILENCES_MAX = 1;

  private final SourceShape<AppliedCommand<C>> shape;
  private final WatchSetup setup;
  private final WatchSettings settings;
  private final ArrayDeque<Changed> buffer = new ArrayDeque<>();
  private final Search search = new Search();

  /** All changes up to there were taken in. */
  private long position;

  /** Of the group in which that is. */
  private long incarnation = WatchMessage.ANY;

  private @Nullable ActorRef<ToWatcher> self;
  private @Nullable ActorRef<ReplicaMessage> replica;
  private @Nullable ActorRef<ToHub> hub;
  private long number;

  /** The pulls that are under way, by their numbers, and of whom each is. */
  private final Map<Long, ActorRef<ReplicaMessage>> asked = new LinkedHashMap<>();

  private int silences;

  /** Why no more can be had, to be told when what is here was taken. */
  private @Nullable WatchFailedException end;

  Watcher(SourceShape<AppliedCommand<C>> shape, WatchSetup setup, From from) {
    super(shape);
    this.shape = shape;
    this.setup = setup;
    this.settings = setup.settings();
    this.position = from instanceof From.Index begin ? begin.index() - 1 : WatchMessage.NOW;
    setHandler(
        shape.out(),
        new AbstractOutHandler() {
          @Override
          public void onPull() {
            emit();
          }
        });
  }

  @Override
  public void preStart() {
    var actor =
        getStageActor(
            received -> {
              onMessage(received._2());
              return BoxedUnit.UNIT;
            });
    self = Adapter.toTyped(actor.ref());
    scheduleWithFixedDelay(TICK, settings.retryInterval(), settings.retryInterval());
    find(false);
  }

  @Override
  public void onTimer(Object timer) {
    if (replica == null) {
      find(true);
    } else if (isPulling() && silences >= (hub == null ? STRANGER_SILENCES_MAX : SILENCES_MAX)) {
      search.silent(asked.values(), hub != null);
      turn();
    } else if (isPulling()) {
      silences++;
      var again = List.copyOf(asked.values());
      asked.clear();
      again.forEach(it -> pull(it, it, true));
    }
  }

  private void onMessage(Object message) {
    if (message instanceof Replicas found) {
      onReplicas(found);
    } else if (message instanceof ToWatcher answer) {
      var from = asked.remove(answer.number());
      if (from != null) {
        onAnswer(answer, from);
      }
    }
  }

  private boolean isPulling() {
    return !asked.isEmpty();
  }

  private void onReplicas(Replicas found) {
    if (replica == null) {
      search.found(found.replicas());
      turn();
    }
  }

  private void onAnswer(ToWatcher answer, ActorRef<ReplicaMessage> from) {
    if (answer instanceof Changes changes && (isFresh() || changes.after() == position)) {
      silences = 0;
      asked.clear();
      replica = from;
      search.served();
      hub = changes.hub();
      incarnation = changes.incarnation();
      buffer.addAll(changes.changes());
      position = changes.upTo();
      emit();
      return;
    }
    if (answer instanceof Gone gone) {
      search.lacks(from, gone.first());
    } else if (answer instanceof Refounded) {
      search.other(from);
    }
    if (!isPulling()) {
      turn();
    }
  }

  private boolean isFresh() {
    return position == WatchMessage.NOW;
  }

  private void find(boolean again) {
    ActorRef<Replicas> replyTo = Adapter.toTyped(stageActor().ref());
    setup.client().tell(new FindReplicas(replyTo, again));
  }

  /** Another replica has its turn, or all others have; after all, there is a pause. */
  private void turn() {
    hub = null;
    silences = 0;
    asked.clear();
    var next = search.next();
    replica = next.isEmpty() ? null : next.get(0);
    next.forEach(it -> pull(it, it, true));
    if (replica != null) {
      return;
    }
    if (search.isInVain()) {
      var first = search.first();
      end =
          first.isPresent()
              ? new CompactedException(position + 1, first.getAsLong())
              : new RefoundedException(position + 1);
      cancelTimer(TICK);
      emit();
    }
  }

  private void emit() {
    if (!buffer.isEmpty() && isAvailable(shape.out())) {
      var next = buffer.remove();
      try {
        push(shape.out(), new AppliedCommand<>(next.index(), commandOf(next)));
      } catch (NotSerializableException | IllegalArgumentException e) {
        failStage(
            new WatchFailedException(
                next.index(),
                "the change at %d can't be read on this node: %s"
                    .formatted(next.index(), e.getMessage())));
        return;
      }
    }
    if (end != null) {
      if (buffer.isEmpty()) {
        failStage(end);
      }
    } else if (!isPulling() && replica != null && buffer.size() < settings.batchChangesMax()) {
      if (hub != null) {
        pull(hub, replica, false);
      } else {
        pull(replica, replica, true);
      }
    }
  }

  private void pull(ActorRef<? super Pull> from, ActorRef<ReplicaMessage> of, boolean atOnce) {
    if (self != null) {
      number++;
      asked.put(number, of);
      setup
          .peers()
          .tell(
              from,
              new Pull(
                  setup.group(),
                  self,
                  number,
                  incarnation,
                  position,
                  atOnce,
                  settings.batchChangesMax(),
                  settings.batchBytesMax()));
    }
  }

  /** What was replicated: a request, or what its leader made of it. */
  @SuppressWarnings("unchecked") // the group's own clients wrote it, or its leader did
  private C commandOf(Changed changed) throws NotSerializableException {
    var command = EncodedCommand.decode(changed.payload());
    var value =
        new EncodedValue(command.serializerId(), command.manifest(), command.body())
            .decode(setup.serialization());
    return (C) (value instanceof Transaction prepared ? prepared.change().orElseThrow() : value);
  }
}
