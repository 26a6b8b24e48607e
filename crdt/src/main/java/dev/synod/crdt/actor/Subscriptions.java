package dev.synod.crdt.actor;

import dev.synod.crdt.actor.Replicator.Subscribe;
import dev.synod.crdt.actor.Replicator.Unsubscribe;
import dev.synod.crdt.lattice.Lattice;
import dev.synod.crdt.protocol.ToReplicator;
import dev.synod.crdt.rules.Replication;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.javadsl.ActorContext;

/** Who is told of which keys, and which keys have changed since the last time. */
final class Subscriptions {

  private final int max;
  private final Consumer<Runnable> leave;
  private final List<Subscribe<?>> all = new ArrayList<>();
  private final Set<String> changed = new LinkedHashSet<>();

  /**
   * @param leave has subscribers told, now or once it may leave
   */
  Subscriptions(int max, Consumer<Runnable> leave) {
    this.max = max;
    this.leave = leave;
  }

  /** From now on; or not, if there are too many. */
  void begin(
      Subscribe<?> subscription, Replication replication, ActorContext<ToReplicator> context) {
    if (all.size() >= max) {
      refuse(subscription, "busy: there are too many subscriptions");
      return;
    }
    all.add(subscription);
    context.watchWith(subscription.subscriber(), new Unsubscribe(subscription.subscriber()));
    leave.accept(() -> tellAll(subscription, replication));
  }

  void end(ActorRef<?> subscriber, ActorContext<ToReplicator> context) {
    all.removeIf(it -> it.subscriber().equals(subscriber));
    context.unwatch(subscriber);
  }

  /** There will be no news for anybody. */
  void endAll(String reason, ActorContext<ToReplicator> context) {
    all.forEach(
        it -> {
          context.unwatch(it.subscriber());
          refuse(it, reason);
        });
    all.clear();
  }

  /** That key has another value now. */
  void changed(String key) {
    if (!all.isEmpty() && all.stream().anyMatch(it -> isAbout(it, key))) {
      changed.add(key);
    }
  }

  private static boolean isAbout(Subscribe<?> subscription, String key) {
    return subscription.isPrefix()
        ? key.startsWith(subscription.key())
        : key.equals(subscription.key());
  }

  /** Whether somebody has to be told something. */
  boolean hasNews() {
    return !changed.isEmpty();
  }

  /** Tells all of what has changed. */
  void tell(Replication replication) {
    for (String key : changed) {
      for (var subscription : all) {
        if (isAbout(subscription, key)) {
          leave.accept(() -> tell(subscription, key, replication));
        }
      }
    }
    changed.clear();
  }

  /** Tells that one of all values that are there. */
  private static void tellAll(Subscribe<?> subscription, Replication replication) {
    if (subscription.isPrefix()) {
      replication.forEachKey(subscription.key(), key -> tell(subscription, key, replication));
    } else if (!replication.version(subscription.key()).isEmpty()) {
      tell(subscription, subscription.key(), replication);
    }
  }

  /** Tells that one that it will hear nothing. */
  private static <T extends Lattice<T>> void refuse(Subscribe<T> subscription, String reason) {
    subscription.subscriber().tell(new Replicator.Ended<>(reason));
  }

  private static <T extends Lattice<T>> void tell(
      Subscribe<T> subscription, String key, Replication replication) {
    if (!replication.isOf(subscription.family(), key)) {
      return;
    }
    var token = replication.token(key);
    subscription
        .subscriber()
        .tell(new Replicator.Changed<>(key, replication.value(subscription.family(), key), token));
  }
}
