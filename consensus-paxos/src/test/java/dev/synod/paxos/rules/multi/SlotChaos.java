package dev.synod.paxos.rules.multi;

import dev.synod.core.Quorum;
import dev.synod.core.StoreId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;

/**
 * What chance makes happen to a {@link SlotWorld}. Each seed has a temper: how often each kind of
 * event comes, some of them almost never. Between single events, which say little about what comes
 * next, a few replicas act for a while without the others, who hear of it later: that is how most
 * mistakes of consensus are made, and what chance for each message alone hardly ever brings about.
 */
final class SlotChaos {

  private enum Event {
    DELIVER(400),
    WRITE(200),
    ELECTION(10),
    SILENCE(60),
    BEAT(20),
    COMMAND(60),
    READ(30),
    CRASH(2),
    COMPACT(10),
    QUORUM_CHECK(3),
    ECHO(10),
    WEATHER(10),
    GATHER(12),
    TAKEOVER(20);

    private final int weight;

    Event(int weight) {
      this.weight = weight;
    }
  }

  /** Of an event's usual weight. */
  private static final int[] TEMPER_PERCENT = {10, 100, 100, 400};

  private static final int RESTART_PERCENT = 10;
  private static final int FORGETS = 4;
  private static final int TRIES_MAX = 3;
  private static final int STEPS_MAX = 60;
  private static final int ON_THE_WAY_MAX = 100;

  private final SlotWorld world;
  private final Random random;
  private final Map<Event, Integer> temper = new EnumMap<>(Event.class);
  private final int total;
  private SlotWeather weather;

  SlotChaos(SlotWorld world, long seed) {
    this.world = world;
    this.random = new Random(~seed);
    for (Event event : Event.values()) {
      temper.put(event, event.weight * SlotWeather.oneOf(TEMPER_PERCENT, random) / 10);
    }
    this.total = temper.values().stream().mapToInt(weight -> weight).sum();
    this.weather = SlotWeather.any(world, random);
  }

  /** Anything may happen, so often. */
  void run(int events) {
    for (int i = 0; i < events; i++) {
      var replica = oneOf(world.replicas());
      if (replica.isUp()) {
        happens(next(), replica);
      } else if (random.nextInt(100) < RESTART_PERCENT) {
        replica.restart();
      }
      world.loseBeyond(ON_THE_WAY_MAX, random);
    }
  }

  private Event next() {
    int drawn = random.nextInt(total);
    for (Map.Entry<Event, Integer> one : temper.entrySet()) {
      drawn -= one.getValue();
      if (drawn < 0) {
        return one.getKey();
      }
    }
    throw new AssertionError("the weights add up to more than " + total);
  }

  private void happens(Event event, SlotReplica replica) {
    switch (event) {
      case DELIVER -> world.deliverOne(weather, random);
      case WRITE -> write(replica);
      case ELECTION -> replica.propose(replica.proposer.electionTimeout());
      case SILENCE -> replica.acceptor = replica.acceptor.proposerSilent();
      case BEAT -> leader().ifPresent(world::beat);
      case COMMAND -> leader().ifPresent(world::command);
      case READ -> world.read(random.nextBoolean() ? leader().orElse(replica) : replica);
      case CRASH -> replica.crash();
      case COMPACT -> replica.compact();
      case QUORUM_CHECK -> replica.propose(replica.proposer.quorumCheckDue());
      case ECHO -> world.echo(random);
      case WEATHER -> weather = SlotWeather.any(world, random);
      case GATHER -> gather(replica, world.replicas());
      case TAKEOVER -> takeover(replica);
    }
  }

  private void write(SlotReplica replica) {
    if (weather.mayWrite(replica.self)) {
      replica.durable(1 + random.nextInt(3));
    }
  }

  /** One of those that take themselves for it. */
  private Optional<SlotReplica> leader() {
    var leaders = world.replicas().stream().filter(one -> one.isUp() && one.leads()).toList();
    return leaders.isEmpty() ? Optional.empty() : Optional.of(oneOf(leaders));
  }

  /** A few go on among themselves for a while; what they say to others, and hear, waits. */
  private void gather(SlotReplica first, List<SlotReplica> others) {
    var some = some(first, others);
    int steps = random.nextInt(STEPS_MAX);
    var here = weather.among(some, random.nextBoolean());
    for (int step = 0; step < steps; step++) {
      among(some, here, 1, () -> false);
      switch (random.nextInt(16)) {
        case 0 -> world.command(first);
        case 1, 2 -> world.beat(first);
        case 3 -> world.read(first);
        case 4, 5, 6 -> world.echo(random);
        default -> {}
      }
    }
  }

  /**
   * It takes over from one that leads, and decides something, or begins to; perhaps it forgets what
   * was not durable, and does so again. Then the old one, which may not have heard of it, goes on
   * with who was not there.
   */
  private void takeover(SlotReplica usurper) {
    var old = leader().filter(one -> one != usurper);
    var all = world.replicas();
    var company =
        random.nextInt(3) == 0
            ? some(usurper, all)
            : quorum(usurper, all, world.quorums().prepare());
    old.ifPresent(one -> proposes(one, without(all, company), Set.of()));
    boolean forgets = random.nextInt(FORGETS) == 0;
    Set<StoreId> stalled = forgets ? Set.of(usurper.self) : Set.of();
    stands(usurper, company, old, stalled);
    if (forgets) {
      proposes(usurper, some(usurper, all), stalled);
      usurper.crash();
      usurper.restart();
      stands(usurper, company, old, Set.of());
    }
    var others = new ArrayList<>(random.nextInt(4) > 0 ? company : all);
    old.ifPresent(others::remove);
    var some = quorum(usurper, others, world.quorums().accept());
    proposes(usurper, random.nextBoolean() ? List.of() : some, Set.of());
    if (random.nextBoolean()) {
      world.beat(usurper);
      among(some, SlotWeather.fair(random, Set.of()).among(some, true), STEPS_MAX, () -> false);
    }
    old.ifPresent(one -> goesOn(one, some));
  }

  /** It leads on with others than these, and may learn from these what they decided without it. */
  private void goesOn(SlotReplica old, List<SlotReplica> others) {
    world.read(old);
    world.answerLate(old, others);
    if (!others.isEmpty() && random.nextBoolean()) {
      world.askedLate(old, oneOf(others));
      var here = SlotWeather.learning(random).among(List.of(old), true);
      among(List.of(old), here, STEPS_MAX, () -> false);
    }
    gather(old, without(world.replicas(), others));
  }

  /** These would have it; between its tries the old one may go on with some of them. */
  private void stands(
      SlotReplica usurper,
      List<SlotReplica> company,
      Optional<SlotReplica> old,
      Set<StoreId> stalled) {
    for (int tries = 0; tries < TRIES_MAX && !usurper.leads(); tries++) {
      if (tries > 0 && random.nextBoolean()) {
        old.ifPresent(
            one -> proposes(one, without(some(one, world.replicas()), List.of(usurper)), Set.of()));
      }
      world.silence();
      usurper.propose(usurper.proposer.electionTimeout());
      if (random.nextInt(3) == 0) {
        learnsMeanwhile(usurper, company);
      }
      world.silence();
      var here = SlotWeather.phase1(random, stalled).among(company, true);
      among(company, here, STEPS_MAX, usurper::leads);
    }
  }

  /** Those that it asks for promises have slow disks, and learn what they asked for long ago. */
  private void learnsMeanwhile(SlotReplica usurper, List<SlotReplica> company) {
    var slow = without(company, List.of(usurper)).stream().map(one -> one.self);
    var here = SlotWeather.phase1(random, slow.collect(Collectors.toSet())).among(company, true);
    among(company, here, STEPS_MAX, () -> false);
    world.silence();
    company.forEach(one -> world.answerLate(one, world.replicas()));
    among(company, here, STEPS_MAX, () -> false);
  }

  private static List<SlotReplica> without(List<SlotReplica> all, List<SlotReplica> some) {
    return all.stream().filter(one -> !some.contains(one)).toList();
  }

  /** And is heard by these, as far as time suffices. */
  private void proposes(SlotReplica leader, List<SlotReplica> by, Set<StoreId> stalled) {
    long before = world.acknowledged();
    world.command(leader);
    var some = new ArrayList<>(by);
    some.remove(leader);
    some.add(leader);
    some.removeIf(one -> !one.isUp());
    var here = SlotWeather.fair(random, stalled).among(some, random.nextInt(3) > 0);
    among(some, here, STEPS_MAX, () -> world.acknowledged() > before);
  }

  /** As few as can decide, chosen at random; all of them if they can't. */
  private List<SlotReplica> quorum(SlotReplica first, List<SlotReplica> others, Quorum quorum) {
    var rest = new ArrayList<>(others);
    rest.remove(first);
    Collections.shuffle(rest, random);
    var some = new ArrayList<>(List.of(first));
    while (!rest.isEmpty()
        && !quorum.isMetBy(id -> some.stream().anyMatch(one -> one.self.equals(id)))) {
      some.add(rest.remove(0));
    }
    some.removeIf(one -> !one.isUp());
    return some;
  }

  private List<SlotReplica> some(SlotReplica first, List<SlotReplica> others) {
    var some = new ArrayList<>(others);
    some.remove(first);
    Collections.shuffle(some, random);
    some.subList(random.nextInt(some.size() + 1), some.size()).clear();
    some.add(first);
    some.removeIf(one -> !one.isUp());
    return some;
  }

  private void among(List<SlotReplica> some, SlotWeather here, int steps, BooleanSupplier isDone) {
    boolean isSlow = random.nextBoolean();
    for (int step = 0; step < steps && !some.isEmpty() && !isDone.getAsBoolean(); step++) {
      boolean isStill = !world.deliverOne(here, random);
      var replica = oneOf(some);
      if (here.mayWrite(replica.self) && (!isSlow || random.nextInt(4) == 0)) {
        replica.durable(1 + random.nextInt(3));
      }
      if (isSlow && random.nextInt(4) == 0) {
        world.echo(random);
      } else if (isStill && some.stream().noneMatch(one -> isWriting(one, here))) {
        return;
      }
    }
  }

  private static boolean isWriting(SlotReplica replica, SlotWeather here) {
    return here.mayWrite(replica.self) && replica.disk.durable() < replica.disk.ticket();
  }

  private <T> T oneOf(List<T> choices) {
    return choices.get(random.nextInt(choices.size()));
  }
}
