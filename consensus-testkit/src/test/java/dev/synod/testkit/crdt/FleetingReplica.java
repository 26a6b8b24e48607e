package dev.synod.testkit.crdt;

import dev.synod.crdt.AddWinsSet;
import dev.synod.crdt.CausalToken;
import dev.synod.crdt.actor.ReadOutcome;
import dev.synod.crdt.actor.Replicator.Describe;
import dev.synod.crdt.actor.Replicator.Description;
import dev.synod.crdt.actor.Replicator.Get;
import dev.synod.crdt.actor.Replicator.Update;
import dev.synod.crdt.actor.UpdateOutcome;
import dev.synod.crdt.clock.ReplicaId;
import dev.synod.crdt.clock.VersionVector;
import dev.synod.crdt.protocol.Standing;
import dev.synod.crdt.protocol.ToReplicator;
import dev.synod.testkit.engine.Draw;
import dev.synod.testkit.engine.Engine;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.Behaviors;

/**
 * A node's replica of one set, which is another one every moment: with an empty memory, until it
 * has heard from the others what all before had. What it answers is late, as if it waited for a
 * disk.
 */
final class FleetingReplica {

  private static final int SLOW_ONE_OF = 6;
  private static final int LATE_MILLIS_MAX = 30;
  private static final int SLOW_MILLIS_MAX = 600;
  private static final int OTHERS_MILLIS_MAX = 500;

  private final Engine engine;
  private final Draw draw;
  private final List<Get<AddWinsSet<String>>> waiting = new ArrayList<>();
  private ReplicaId self = new ReplicaId(1);
  private AddWinsSet<String> value = AddWinsSet.empty();
  private AddWinsSet<String> ofOthers = AddWinsSet.empty();
  private boolean hasCaughtUp = true;
  private long changes;

  FleetingReplica(Engine engine) {
    this.engine = engine;
    this.draw = engine.chance("fleeting replica");
  }

  private void late(int millis, Runnable then) {
    engine.after(Duration.ofMillis(1 + draw.nextLong(millis)), then);
  }

  /** From now on it is another one. */
  void becomesAnother() {
    ofOthers = ofOthers.merge(value);
    self = new ReplicaId(self.number() + 1);
    value = AddWinsSet.empty();
    changes = 0;
    hasCaughtUp = false;
    waiting.forEach(get -> get.refuse("what it follows did not arrive here in time"));
    waiting.clear();
    var by = self;
    late(
        OTHERS_MILLIS_MAX,
        () -> {
          if (self.equals(by)) {
            catchUp();
          }
        });
  }

  private void catchUp() {
    hasCaughtUp = true;
    value = value.merge(ofOthers);
    waiting.forEach(this::answer);
    waiting.clear();
  }

  Behavior<ToReplicator> behavior() {
    return Behaviors.receiveMessage(
        message -> {
          heard(message);
          return Behaviors.same();
        });
  }

  @SuppressWarnings("unchecked") // all values are of one type
  private void heard(ToReplicator message) {
    if (message instanceof Describe describe) {
      describe.replyTo().tell(description());
    } else if (message instanceof Update<?> update) {
      change((Update<AddWinsSet<String>>) update);
    } else if (message instanceof Get<?> get) {
      boolean isDue = hasCaughtUp || get.consistency().after().isEmpty();
      if (isDue) {
        answer((Get<AddWinsSet<String>>) get);
      } else {
        waiting.add((Get<AddWinsSet<String>>) get);
      }
    }
  }

  private Description description() {
    return new Description(
        self,
        Standing.NONE,
        Collections.emptySortedMap(),
        VersionVector.EMPTY,
        1,
        0,
        false,
        waiting.size(),
        0);
  }

  private void change(Update<AddWinsSet<String>> update) {
    try {
      value = value.merge(update.change().apply(value, self));
    } catch (IllegalStateException e) {
      update.refuse("nothing was changed: " + e.getMessage());
      return;
    }
    var written = new UpdateOutcome.Written(1, token(++changes));
    late(patience(), () -> update.replyTo().tell(written));
  }

  private void answer(Get<AddWinsSet<String>> get) {
    var found = new ReadOutcome.Found<>(value, 1, token(changes));
    late(patience(), () -> get.replyTo().tell(found));
  }

  private int patience() {
    return draw.nextLong(SLOW_ONE_OF) == 0 ? SLOW_MILLIS_MAX : LATE_MILLIS_MAX;
  }

  private CausalToken token(long of) {
    return of == 0 ? CausalToken.NONE : new CausalToken(VersionVector.of(self, of));
  }
}
