package dev.synod.paxos.rules.multi;

import dev.synod.core.StoreId;
import dev.synod.paxos.protocol.multi.SlotMessage.Canvass;
import dev.synod.paxos.protocol.multi.SlotMessage.CanvassReply;
import dev.synod.paxos.protocol.multi.SlotMessage.Learned;
import dev.synod.paxos.protocol.multi.SlotMessage.Nack;
import dev.synod.paxos.protocol.multi.SlotMessage.Prepare;
import dev.synod.paxos.protocol.multi.SlotMessage.Promise;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.function.Predicate;

/**
 * How messages and writes fare for a while: which ways are closed for which kind of message, a
 * replica's to itself among them, so that those wait; which disks stand still; whether messages
 * arrive in order; and how many are lost.
 */
final class SlotWeather {

  /** Of one kind of message. */
  private record Way(StoreId from, StoreId to, Class<?> kind) {}

  private static final int[] OPEN_PERCENT = {100, 100, 90, 80, 60};
  private static final int[] STALLED_PERCENT = {0, 0, 30, 60};
  private static final int[] LOST_PERCENT = {0, 0, 5, 30};
  private static final int DOUBLED_PERCENT = 5;

  private static final Set<Class<?>> PHASE_1 =
      Set.of(Canvass.class, CanvassReply.class, Prepare.class, Promise.class, Nack.class);

  private final Random random;
  private final int openPercent;
  private final int lostPercent;
  private final boolean isInOrder;
  private final Set<StoreId> stalled;
  private final Predicate<Way> isWanted;
  private final Map<Way, Boolean> ways = new HashMap<>();

  private SlotWeather(
      Random random,
      int openPercent,
      int lostPercent,
      boolean isInOrder,
      Set<StoreId> stalled,
      Predicate<Way> isWanted) {
    this.random = random;
    this.openPercent = openPercent;
    this.lostPercent = lostPercent;
    this.isInOrder = isInOrder;
    this.stalled = stalled;
    this.isWanted = isWanted;
  }

  static int oneOf(int[] choices, Random random) {
    return choices[random.nextInt(choices.length)];
  }

  /** As chance has it; often there are two islands. */
  static SlotWeather any(SlotWorld world, Random random) {
    int stalledPercent = oneOf(STALLED_PERCENT, random);
    int islands = 1 + random.nextInt(2);
    var stalled = new HashSet<StoreId>();
    var first = new HashSet<StoreId>();
    for (SlotReplica replica : world.replicas()) {
      if (random.nextInt(100) < stalledPercent) {
        stalled.add(replica.self);
      }
      if (random.nextInt(islands) == 0) {
        first.add(replica.self);
      }
    }
    return new SlotWeather(
        random,
        oneOf(OPEN_PERCENT, random),
        oneOf(LOST_PERCENT, random),
        random.nextBoolean(),
        stalled,
        way -> first.contains(way.from()) == first.contains(way.to()));
  }

  /** Nothing is lost, and no disks but these stand still. */
  static SlotWeather fair(Random random, Set<StoreId> stalled) {
    return new SlotWeather(random, 100, 0, random.nextBoolean(), stalled, way -> true);
  }

  /** The same for phase 1; all other messages wait. */
  static SlotWeather phase1(Random random, Set<StoreId> stalled) {
    return new SlotWeather(
        random,
        100,
        0,
        random.nextBoolean(),
        stalled,
        way -> PHASE_1.contains(way.kind()) || way.kind() == Learned.class);
  }

  /** Nothing arrives but answers about what was chosen. */
  static SlotWeather learning(Random random) {
    return new SlotWeather(random, 100, 0, true, Set.of(), way -> way.kind() == Learned.class);
  }

  /**
   * The same among these few. Others are not heard, but for answers about what was chosen, which
   * they may have given long ago.
   *
   * @param hearThemselves whether each one's acceptor, learner and proposer hear of each other
   */
  SlotWeather among(List<SlotReplica> some, boolean hearThemselves) {
    var ids = new HashSet<StoreId>();
    some.forEach(one -> ids.add(one.self));
    return new SlotWeather(
        random,
        openPercent,
        lostPercent,
        isInOrder,
        stalled,
        way ->
            ids.contains(way.to())
                && (ids.contains(way.from()) || way.kind() == Learned.class)
                && (hearThemselves || !way.from().equals(way.to()))
                && isWanted.test(way));
  }

  boolean isInOrder() {
    return isInOrder;
  }

  boolean mayWrite(StoreId replica) {
    return !stalled.contains(replica);
  }

  /** Whether messages of that kind get there for now. */
  boolean isOpen(StoreId from, StoreId to, Class<?> kind) {
    var way = new Way(from, to, kind);
    return isWanted.test(way)
        && (openPercent == 100
            || ways.computeIfAbsent(way, one -> random.nextInt(100) < openPercent));
  }

  /** How often the next message that arrives, or is lost, does so. */
  Fate fate() {
    int drawn = random.nextInt(100);
    if (drawn < lostPercent) {
      return Fate.LOST;
    }
    return drawn >= 100 - DOUBLED_PERCENT ? Fate.DOUBLED : Fate.ARRIVES;
  }

  /** What becomes of a message. */
  enum Fate {
    ARRIVES,
    /** It arrives, and will once more. */
    DOUBLED,
    LOST
  }
}
