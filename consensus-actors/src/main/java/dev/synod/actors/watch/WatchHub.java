package dev.synod.actors.watch;

import dev.synod.actors.Peers;
import dev.synod.actors.message.WatchMessage;
import dev.synod.actors.message.WatchMessage.Changed;
import dev.synod.actors.message.WatchMessage.Changes;
import dev.synod.actors.message.WatchMessage.Gone;
import dev.synod.actors.message.WatchMessage.NotServed;
import dev.synod.actors.message.WatchMessage.Pull;
import dev.synod.actors.message.WatchMessage.Refounded;
import dev.synod.actors.message.WatchMessage.ToHub;
import dev.synod.actors.message.WatchMessage.ToWatcher;
import dev.synod.actors.watch.HubTask.Advanced;
import dev.synod.actors.watch.HubTask.Close;
import dev.synod.actors.watch.HubTask.Following;
import dev.synod.actors.watch.HubTask.Found;
import dev.synod.actors.watch.HubTask.Jumped;
import dev.synod.actors.watch.HubTask.Missing;
import dev.synod.core.GroupId;
import dev.synod.core.Invariants;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.PostStop;
import org.apache.pekko.actor.typed.javadsl.AbstractBehavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.Receive;
import org.jspecify.annotations.Nullable;

/**
 * A replica's answer to all that watch it. It holds pulls for which nothing is new, and the newest
 * changes in memory; who is further behind waits for a look into the log, one at a time, whose
 * result serves all that stand there. It keeps nothing for a watcher but its pull, so one that is
 * slow, or gone, costs nothing, and it has no timer: a pull that nobody waits for any more goes
 * with the next change.
 */
public final class WatchHub extends AbstractBehavior<ToHub> {

  /** Where a hub gets changes from. */
  public interface Changing {

    /**
     * Tell me of every change from now on, beginning with {@link Following}; or stop it, for nobody
     * has watched for long.
     */
    void follow(boolean on);

    /** Look into the log behind that index; ends in {@link Found} or {@link Missing}. */
    void lookBack(long after);
  }

  private enum State {
    IDLE,
    ASKED,
    FOLLOWING
  }

  private static final String CROWDED = "too many watch this replica";

  private final GroupId group;
  private final long incarnation;
  private final Peers peers;
  private final WatchSettings settings;
  private final Changing changing;
  private final RecentChanges recent;

  /** Those that know all; or all of them, before this hub knows anything. */
  private final Map<ActorRef<ToWatcher>, Pull> waiting = new LinkedHashMap<>();

  /** Those that need a look into the log. */
  private final Map<ActorRef<ToWatcher>, Pull> behind = new LinkedHashMap<>();

  private State state = State.IDLE;
  private boolean lookingBack;
  private long floor;
  private long totalAtLastPull;

  private WatchHub(
      ActorContext<ToHub> context,
      GroupId group,
      long incarnation,
      Peers peers,
      WatchSettings settings,
      Changing changing) {
    super(context);
    this.group = group;
    this.incarnation = incarnation;
    this.peers = peers;
    this.settings = settings;
    this.changing = changing;
    this.recent = new RecentChanges(settings.recentChangesMax(), settings.recentBytesMax());
  }

  /** A hub of that group's replica. */
  public static Behavior<ToHub> create(
      GroupId group, long incarnation, Peers peers, WatchSettings settings, Changing changing) {
    return Behaviors.setup(
        context -> new WatchHub(context, group, incarnation, peers, settings, changing));
  }

  @Override
  public Receive<ToHub> createReceive() {
    return newReceiveBuilder()
        .onMessage(Pull.class, this::onPull)
        .onMessage(Advanced.class, this::onAdvanced)
        .onMessage(Following.class, this::onFollowing)
        .onMessage(Jumped.class, this::onJumped)
        .onMessage(Found.class, this::onFound)
        .onMessage(Missing.class, this::onMissing)
        .onMessage(Close.class, close -> closed(close.why()))
        .onSignal(PostStop.class, stopped -> onStop())
        .build();
  }

  private Behavior<ToHub> onPull(Pull pull) {
    if (!pull.group().equals(group)) {
      notServed(pull, "this is " + group);
      return this;
    }
    if (pull.incarnation() != WatchMessage.ANY && pull.incarnation() != incarnation) {
      peers.tell(pull.watcher(), new Refounded(group, pull.number()));
      return this;
    }
    totalAtLastPull = recent.total();
    waiting.remove(pull.watcher());
    behind.remove(pull.watcher());
    if (state == State.FOLLOWING) {
      serve(pull);
      return this;
    }
    hold(waiting, pull);
    if (state == State.IDLE) {
      state = State.ASKED;
      changing.follow(true);
    }
    return this;
  }

  private Behavior<ToHub> onFollowing(Following following) {
    state = State.FOLLOWING;
    floor = following.floor();
    recent.restart(following.applied());
    serveAll(waiting, pull -> true);
    return this;
  }

  private Behavior<ToHub> onAdvanced(Advanced advanced) {
    if (state != State.FOLLOWING) {
      return this; // said before it heard that nobody watches
    }
    Invariants.check(
        advanced.after() == recent.upTo(),
        "changes after %s come after those up to %s",
        advanced.after(),
        recent.upTo());
    recent.add(advanced.changes(), advanced.upTo());
    if (!advanced.changes().isEmpty()) {
      serveAll(waiting, pull -> pull.after() < advanced.upTo());
      forgetIfUnwatched();
    }
    return this;
  }

  private Behavior<ToHub> onJumped(Jumped jumped) {
    if (state == State.FOLLOWING) {
      floor = jumped.floor();
      recent.restart(jumped.index());
      serveAll(waiting, pull -> pull.after() < jumped.index());
      serveAll(behind, pull -> pull.after() < jumped.index());
    }
    return this;
  }

  private Behavior<ToHub> onFound(Found found) {
    lookingBack = false;
    for (Pull pull : taken(behind, one -> isIn(one, found))) {
      answer(Slice.of(pull, found.upTo(), found.changes(), settings), pull);
    }
    lookBack();
    return this;
  }

  private Behavior<ToHub> onMissing(Missing missing) {
    lookingBack = false;
    taken(behind, one -> one.after() < missing.first() - 1)
        .forEach(pull -> gone(pull, missing.first()));
    lookBack();
    return this;
  }

  private static boolean isIn(Pull pull, Found found) {
    return pull.after() >= found.after() && pull.after() < found.upTo();
  }

  private void serve(Pull pull) {
    long applied = recent.upTo();
    if (pull.after() < 0) {
      answer(new Slice(applied, applied, List.of()), pull);
    } else if (pull.after() >= applied) {
      if (pull.atOnce()) {
        answer(new Slice(pull.after(), pull.after(), List.of()), pull);
      } else {
        hold(waiting, pull);
      }
    } else if (pull.after() >= recent.from()) {
      answer(Slice.of(pull, applied, recent.after(pull.after()), settings), pull);
    } else if (pull.after() < floor) {
      gone(pull, floor + 1);
    } else {
      hold(behind, pull);
      lookBack();
    }
  }

  /** Whoever stands where the one before stood gets the same. */
  private void serveAll(Map<ActorRef<ToWatcher>, Pull> from, Predicate<Pull> which) {
    @Nullable Pull last = null;
    @Nullable Slice slice = null;
    for (Pull pull : taken(from, which)) {
      boolean isRecent = pull.after() >= recent.from() && pull.after() < recent.upTo();
      if (!isRecent) {
        serve(pull);
      } else if (last != null && slice != null && isAlike(last, pull)) {
        answer(slice, pull);
      } else {
        slice = Slice.of(pull, recent.upTo(), recent.after(pull.after()), settings);
        last = pull;
        answer(slice, pull);
      }
    }
  }

  private static boolean isAlike(Pull one, Pull other) {
    return one.after() == other.after()
        && one.changesMax() == other.changesMax()
        && one.bytesMax() == other.bytesMax();
  }

  private void lookBack() {
    if (!lookingBack && !behind.isEmpty()) {
      lookingBack = true;
      changing.lookBack(behind.values().iterator().next().after());
    }
  }

  /** Who waits for a change only makes room; who is behind is served before newcomers are. */
  private void hold(Map<ActorRef<ToWatcher>, Pull> where, Pull pull) {
    if (waiting.size() + behind.size() >= settings.waitingMax()) {
      var longest = waiting.values().iterator();
      if (!longest.hasNext()) {
        notServed(pull, CROWDED);
        return;
      }
      notServed(longest.next(), CROWDED);
      longest.remove();
    }
    where.put(pull.watcher(), pull);
  }

  private static List<Pull> taken(Map<ActorRef<ToWatcher>, Pull> from, Predicate<Pull> which) {
    var taken = new ArrayList<Pull>();
    from.values()
        .removeIf(
            pull -> {
              boolean goes = which.test(pull);
              if (goes) {
                taken.add(pull);
              }
              return goes;
            });
    return taken;
  }

  private void forgetIfUnwatched() {
    long unwatched = recent.total() - totalAtLastPull;
    if (waiting.isEmpty() && behind.isEmpty() && unwatched > settings.recentChangesMax()) {
      state = State.IDLE;
      recent.restart(0);
      changing.follow(false);
    }
  }

  private void answer(Slice slice, Pull pull) {
    ActorRef<ToHub> self = getContext().getSelf();
    List<Changed> changes = slice.changes();
    peers.tell(
        pull.watcher(),
        new Changes(group, pull.number(), incarnation, self, slice.after(), slice.upTo(), changes));
  }

  private void gone(Pull pull, long first) {
    peers.tell(pull.watcher(), new Gone(group, pull.number(), first));
  }

  private void notServed(Pull pull, String why) {
    peers.tell(pull.watcher(), new NotServed(group, pull.number(), why));
  }

  private Behavior<ToHub> closed(String why) {
    taken(waiting, pull -> true).forEach(pull -> notServed(pull, why));
    taken(behind, pull -> true).forEach(pull -> notServed(pull, why));
    return Behaviors.receive(ToHub.class)
        .onMessage(
            Pull.class,
            pull -> {
              notServed(pull, why);
              return Behaviors.same();
            })
        .onAnyMessage(ignored -> Behaviors.same())
        .build();
  }

  private Behavior<ToHub> onStop() {
    closed("the replica stops");
    return this;
  }
}
