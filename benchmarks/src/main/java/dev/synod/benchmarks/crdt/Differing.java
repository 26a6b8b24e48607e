package dev.synod.benchmarks.crdt;

import dev.synod.crdt.PnCounter;
import dev.synod.crdt.clock.ReplicaId;
import dev.synod.crdt.rules.Effect;
import dev.synod.crdt.rules.Family;
import dev.synod.crdt.rules.Limits;
import dev.synod.crdt.rules.Replication;
import dev.synod.crdt.rules.Step;
import dev.synod.crdt.wire.MessageCodec;
import dev.synod.crdt.wire.PlainCodecs;
import java.util.List;

/** Counts the bytes by which two replicas find ten keys that differ, by the rules that ship. */
final class Differing {

  private static final int DIFFERENT = 10;
  private static final Family<PnCounter> COUNTERS =
      new Family<>("counter/", PlainCodecs.pnCounter(), PnCounter.ZERO);
  private static final Limits LIMITS = new Limits(1, 1024, 512, 64 << 10, 4, 256);

  // Ids as they are drawn: large.
  private static final ReplicaId ONE = new ReplicaId(0x5A5A5A5A);
  private static final ReplicaId OTHER = new ReplicaId(0x3C3C3C3C);

  private Replication one = Replication.of(ONE, List.of(OTHER), List.of(COUNTERS), LIMITS);
  private Replication other = Replication.of(OTHER, List.of(ONE), List.of(COUNTERS), LIMITS);
  private long bytes;

  private Differing() {}

  static String bytes(int keys) {
    var pair = new Differing();
    for (int i = 0; i < keys; i++) {
      pair.count(i);
    }
    pair.search();
    for (int i = 0; i < DIFFERENT; i++) {
      pair.count(i * (keys / DIFFERENT));
    }
    pair.bytes = 0;
    pair.search();
    if (pair.one.digest() != pair.other.digest()) {
      throw new IllegalStateException("not equal");
    }
    return "%,d bytes".formatted(pair.bytes);
  }

  private void count(int key) {
    one = one.update(COUNTERS, "counter/k" + key, it -> it.add(ONE, 1)).after();
  }

  private void search() {
    take(other.search(ONE));
  }

  private void take(Step step) {
    if (step.after().self().equals(ONE)) {
      one = step.after();
    } else {
      other = step.after();
    }
    for (Effect effect : step.effects()) {
      if (effect instanceof Effect.Send send) {
        bytes += MessageCodec.encode(send.message()).length();
        take((send.to().equals(ONE) ? one : other).receive(send.message()));
      }
    }
  }
}
