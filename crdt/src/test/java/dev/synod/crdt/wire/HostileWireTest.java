package dev.synod.crdt.wire;

import dev.synod.core.Bytes;
import dev.synod.crdt.HostileBytes;
import dev.synod.crdt.clock.HybridTime;
import java.util.Random;
import java.util.function.Function;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Beside the types themselves, which are attacked by {@code TypeContract}. */
@DisplayName("Hostile bytes are refused in words, or have been written so:")
class HostileWireTest {

  private static final int SEEDS = 300;
  private static final int SEEDS_NIGHTLY = 100_000;
  private static final int ROUNDS = 50;

  @Test
  @DisplayName("messages between replicas")
  void messages() {
    messages(SEEDS);
  }

  @Test
  @Tag("nightly")
  @DisplayName("many more messages")
  void manyMessages() {
    messages(SEEDS_NIGHTLY);
  }

  @Test
  @DisplayName("what a replica keeps")
  void records() {
    records(SEEDS);
  }

  @Test
  @Tag("nightly")
  @DisplayName("much more of what a replica keeps")
  void manyRecords() {
    records(SEEDS_NIGHTLY);
  }

  @Test
  @DisplayName("replicas, dots, vectors, tokens, contexts, times")
  void clocks() {
    clocks(SEEDS);
  }

  @Test
  @Tag("nightly")
  @DisplayName("many more of these")
  void manyClocks() {
    clocks(SEEDS_NIGHTLY);
  }

  @Test
  @DisplayName("texts, numbers, blocks, yes and no")
  void plain() {
    attack(SEEDS, Codec.text(), DrawnMessages::text);
    attack(SEEDS, Codec.number(), drawn -> drawn.dot().counter());
    attack(SEEDS, Codec.bytes(), drawn -> MessageCodec.encode(drawn.message()));
    attack(SEEDS, Codec.yesOrNo(), drawn -> drawn.dot().counter() % 2 == 0);
  }

  private static void messages(int seeds) {
    for (long seed = 1; seed <= seeds; seed++) {
      var random = new Random(seed);
      var good = MessageCodec.encode(new DrawnMessages(random).message());
      attack(seed, good, random, bad -> MessageCodec.encode(MessageCodec.decode(Bytes.wrap(bad))));
    }
  }

  private static void records(int seeds) {
    for (long seed = 1; seed <= seeds; seed++) {
      var random = new Random(seed);
      var good = RecordCodec.encode(new DrawnMessages(random).record());
      attack(seed, good, random, bad -> RecordCodec.encode(RecordCodec.decode(Bytes.wrap(bad))));
    }
  }

  private static void clocks(int seeds) {
    attack(seeds, ClockCodecs.replica(), DrawnMessages::replica);
    attack(seeds, ClockCodecs.dot(), DrawnMessages::dot);
    attack(seeds, ClockCodecs.vector(), DrawnMessages::vector);
    attack(seeds, ClockCodecs.token(), DrawnMessages::token);
    attack(seeds, ClockCodecs.context(), DrawnMessages::context);
    attack(
        seeds,
        ClockCodecs.time(),
        drawn -> HybridTime.unpack(drawn.dot().counter() & Long.MAX_VALUE));
  }

  private static <T> void attack(int seeds, Codec<T> codec, Function<DrawnMessages, T> draw) {
    for (long seed = 1; seed <= seeds; seed++) {
      var random = new Random(seed);
      var good = codec.encode(draw.apply(new DrawnMessages(random)));
      attack(seed, good, random, bad -> codec.encode(codec.decode(Bytes.wrap(bad))));
    }
  }

  private static void attack(long seed, Bytes good, Random random, Function<byte[], Bytes> again) {
    try {
      HostileBytes.attack(
          good.toArray(),
          random,
          ROUNDS,
          IllegalArgumentException.class,
          bad -> again.apply(bad).toArray());
    } catch (AssertionError e) {
      throw new AssertionError("seed %d: %s".formatted(seed, e.getMessage()), e);
    }
  }
}
