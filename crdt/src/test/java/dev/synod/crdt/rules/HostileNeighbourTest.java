package dev.synod.crdt.rules;

import static org.assertj.core.api.Assertions.assertThat;

import dev.synod.core.Bytes;
import dev.synod.crdt.AddWinsSet;
import dev.synod.crdt.HostileBytes;
import dev.synod.crdt.clock.ReplicaId;
import dev.synod.crdt.protocol.ReplicationMessage;
import dev.synod.crdt.wire.MessageCodec;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Damage that is no nonsense as bytes. */
@DisplayName("A replica that is told nonsense")
class HostileNeighbourTest {

  private static final ReplicaId A = new ReplicaId(1);
  private static final ReplicaId B = new ReplicaId(2);
  private static final Limits LIMITS = new Limits(6, 2, 3, 40, 3, 4);

  /** A replica, and one whose messages are damaged on their way. */
  private static final class World {
    private final Random random;
    private Replication a = replica(A, B);
    private Replication b = replica(B, A);
    private final List<ReplicationMessage> toB = new ArrayList<>();
    private final List<ReplicationMessage> toA = new ArrayList<>();

    World(Random random) {
      this.random = random;
    }

    private static Replication replica(ReplicaId self, ReplicaId other) {
      return Replication.of(
          self, List.of(other), List.of(ReplicationTest.COUNTERS, ReplicationTest.SETS), LIMITS);
    }

    /** How many damaged messages could be read. */
    int step() {
      switch (random.nextInt(6)) {
        case 0 -> a = taken(change(a), toB);
        case 1 -> a = taken(a.flush(), toB);
        case 2 -> a = taken(random.nextBoolean() ? a.resend(it -> false) : a.search(B), toB);
        case 3 -> b = taken(random.nextBoolean() ? change(b) : b.search(A), toA);
        case 4 -> {
          if (!toA.isEmpty()) {
            a = taken(a.receive(toA.remove(0)), toB);
          }
        }
        default -> {
          if (!toB.isEmpty()) {
            return hear(toB.remove(0));
          }
        }
      }
      return 0;
    }

    private Step change(Replication replica) {
      var by = replica.self();
      String name = "k" + random.nextInt(4);
      return random.nextBoolean()
          ? replica.update(
              ReplicationTest.COUNTERS, "counter/" + name, it -> it.add(by, random.nextInt(9) - 4))
          : replica.update(
              ReplicationTest.SETS, "set/" + name, (AddWinsSet<String> it) -> it.add(by, name));
    }

    private static Replication taken(Step step, List<ReplicationMessage> to) {
      for (var effect : step.effects()) {
        if (effect instanceof Effect.Send send) {
          to.add(send.message());
        }
      }
      return step.after();
    }

    /** Damaged first, then as it was; what comes of the damage is sent too, and never heard. */
    private int hear(ReplicationMessage message) {
      int read = 0;
      byte[] good = MessageCodec.encode(message).toArray();
      for (int i = 0; i < 4; i++) {
        var bad = decoded(HostileBytes.damaged(good, random));
        if (bad.isPresent()) {
          read++;
          for (var effect : b.receive(bad.get()).effects()) {
            if (effect instanceof Effect.Send send) {
              MessageCodec.encode(send.message());
            }
          }
          if (random.nextInt(4) == 0) {
            b = b.receive(bad.get()).after();
          }
        }
      }
      b = taken(b.receive(message), toA);
      return read;
    }

    /** As the actor does: what names another sender is not heard. */
    private static Optional<ReplicationMessage> decoded(byte[] bytes) {
      try {
        return Optional.of(MessageCodec.decode(Bytes.wrap(bytes)))
            .filter(it -> it.from().equals(A));
      } catch (IllegalArgumentException e) {
        assertThat(e.getMessage()).isNotBlank();
        return Optional.empty();
      }
    }
  }

  @Test
  @DisplayName("goes on, whatever it is told")
  void goesOn() {
    nonsense(400);
  }

  @Test
  @Tag("nightly")
  @DisplayName("goes on, whatever more it is told")
  void goesOnForLong() {
    nonsense(100_000);
  }

  private static void nonsense(int seeds) {
    int taken = 0;
    for (long seed = 1; seed <= seeds; seed++) {
      var world = new World(new Random(seed));
      try {
        for (int step = 0; step < 60; step++) {
          taken += world.step();
        }
      } catch (RuntimeException | AssertionError e) {
        throw new AssertionError("seed " + seed + ": " + e, e);
      }
    }
    assertThat(taken).as("messages that could be read").isGreaterThan(seeds);
  }
}
