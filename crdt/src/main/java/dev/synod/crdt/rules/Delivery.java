package dev.synod.crdt.rules;

import dev.synod.crdt.clock.Dot;
import dev.synod.crdt.clock.VersionVector;
import dev.synod.crdt.protocol.ReplicationMessage.Deltas;
import java.util.ArrayList;
import java.util.List;

/** What becomes of intervals of deltas once all that they follow is merged. */
final class Delivery {

  private Delivery() {}

  /**
   * Merges these intervals, which follow nothing else.
   *
   * @param rest those that go on waiting
   */
  static Step of(Replication before, List<Deltas> intervals, Held rest) {
    var keysThen = before.keys();
    var mergedThen = before.merged();
    var effects = new ArrayList<Effect>();
    for (var interval : intervals) {
      var merging = new Merging(before.families(), keysThen, interval.from());
      for (var delta : interval.deltas()) {
        merging.merge(
            delta.key(),
            VersionVector.of(interval.from(), delta.number()),
            delta.delta(),
            delta.read());
      }
      keysThen = merging.keys();
      if (!merging.isRefused()) {
        mergedThen = mergedThen.with(new Dot(interval.from(), interval.last()));
      }
      effects.addAll(merging.effects());
    }
    var after = before.with(keysThen, mergedThen).with(rest);
    for (var interval : intervals) {
      effects.add(after.acknowledgement(interval.from(), false));
    }
    return new Step(after, effects);
  }
}
