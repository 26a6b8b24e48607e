package dev.synod.testkit.crdt;

import dev.synod.crdt.AddWinsSet;
import dev.synod.crdt.ladder.ConsistencyMode;
import dev.synod.crdt.ladder.protocol.LadderCommand;
import dev.synod.crdt.ladder.protocol.LadderCommand.Evict;
import dev.synod.crdt.ladder.protocol.LadderCommand.Joined;
import dev.synod.crdt.ladder.protocol.LadderCommand.Look;
import dev.synod.crdt.ladder.protocol.LadderReply;
import dev.synod.crdt.ladder.protocol.LadderReply.Seen;
import dev.synod.crdt.ladder.protocol.LadderReply.Stands;
import dev.synod.crdt.ladder.rules.LadderState;
import dev.synod.testkit.world.Machine;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** What was changed, where, under which mode; and what must be shown therefore. */
final class LadderLedger implements SimulatedLadderGroup.Onlooker {

  static final List<String> SET_KEYS = List.of("set/a", "set/b");
  static final String STOCK_KEY = "stock/x";
  private static final String REJECTED = "rejected is not done";

  /** Where something was asked for, and when. */
  record Asked(String node, String life, int losses, long at, boolean isLate) {}

  /** A change that somebody wanted; of sets, one of an element that is added once. */
  static final class Change {
    final String key;
    final Object operation;
    final Asked asked;
    boolean isDone;
    boolean isSafe;
    boolean isByGroup;

    private Change(String key, Object operation, Asked asked) {
      this.key = key;
      this.operation = operation;
      this.asked = asked;
    }

    boolean isAdding() {
      return operation instanceof String text && text.startsWith("+");
    }

    String element() {
      return ((String) operation).substring(1);
    }
  }

  private final LadderRun run;
  private final LadderPeriods periods;
  private final List<Change> changes = new ArrayList<>();
  private final Map<String, Change> added = new HashMap<>();
  private final Map<String, Integer> removals = new HashMap<>(); // that were not rejected
  private final Set<String> rejected = new HashSet<>();
  private final Set<String> shown = new HashSet<>();
  private final Map<String, Integer> evictions = new HashMap<>();
  private final Map<String, Long> evictedAt = new HashMap<>();
  private final TreeMap<String, Integer> tally = new TreeMap<>();
  private int elements;

  LadderLedger(LadderRun run, LadderPeriods periods) {
    this.run = run;
    this.periods = periods;
  }

  TreeMap<String, Integer> tally() {
    return tally;
  }

  void count(String what) {
    tally.merge(what, 1, Integer::sum);
  }

  String fresh() {
    return "e" + ++elements;
  }

  /** The node was taken for gone by whoever decides about replicas. */
  void evicted(String node) {
    evictions.merge(node, 1, Integer::sum);
  }

  /** Somebody asks that node for something now. */
  Asked asked(String node) {
    return new Asked(node, lifeOf(node), run.losses(node), run.engine().nanoTime(), isLate(node));
  }

  /** Another one whenever the node's replica is, or is taken for gone. */
  private String lifeOf(String node) {
    return "%d-%d-%d"
        .formatted(run.losses(node), evictions.getOrDefault(node, 0), run.enrolments(node));
  }

  /** Who was evicted and does not know goes on in the mode that it knows, which is to be late. */
  private boolean isLate(String node) {
    return evictedAt.getOrDefault(node, 0L) > run.machines().group().known(node);
  }

  /** Whether an answer stands for no promise, as its node is not, or no more, waited for. */
  boolean isLate(Asked asked) {
    return asked.isLate() || isLate(asked.node()) || !asked.life().equals(lifeOf(asked.node()));
  }

  Change change(String key, Object operation, Asked asked) {
    var change = new Change(key, operation, asked);
    changes.add(change);
    if (change.isAdding()) {
      added.put(change.element(), change);
    } else if (operation instanceof String) {
      removals.merge(change.element(), 1, Integer::sum);
    }
    return change;
  }

  private boolean mayBeRemoved(String element) {
    return removals.getOrDefault(element, 0) > 0;
  }

  /** Whether that element is, or was, one of that set. */
  boolean isOf(String element, String key) {
    return added.get(element).key.equals(key);
  }

  /** It was certainly not done, and never will be. */
  void rejected(Change change) {
    count("rejected");
    changes.remove(change);
    if (change.isAdding()) {
      rejected.add(change.element());
      check(REJECTED, !shown.contains(change.element()), change.element() + " was there before");
    } else if (change.operation instanceof String) {
      removals.merge(change.element(), -1, Integer::sum);
    }
  }

  /** Somebody has these. */
  private void shows(String who, Set<String> elements) {
    shown.addAll(elements);
    for (String element : elements) {
      check(REJECTED, !rejected.contains(element), who + " has " + element);
    }
  }

  /** It was done. */
  void done(Change change, ConsistencyMode mode) {
    count("done " + mode);
    change.isByGroup = mode == ConsistencyMode.LINEARIZABLE;
    // Without what its session has seen, as in EVENTUAL mode, there may be nothing to remove. The
    // same holds for a node that was evicted and does not know: it removes what its own replica
    // has, and what the session saw may be in the group only.
    boolean isLate = !change.isByGroup && isLate(change.asked);
    boolean isSure = change.isAdding() || (mode != ConsistencyMode.EVENTUAL && !isLate);
    change.isDone = isSure || change.operation instanceof Long;
    if (!change.isDone && mode != ConsistencyMode.EVENTUAL) {
      count("removed by who was evicted");
    }
    change.isSafe |= change.isByGroup;
    byItself(change.key, change.asked, mode);
    check(
        "bounded",
        sum(true, false) <= sum(false, true),
        "%d were subtracted of %d".formatted(sum(true, false), sum(false, true)));
  }

  /** What was subtracted and is done, or what anybody wanted to add. */
  private long sum(boolean subtracted, boolean wanted) {
    return changes.stream()
        .filter(it -> it.operation instanceof Long && (wanted || it.isDone))
        .mapToLong(it -> subtracted ? -(Long) it.operation : (Long) it.operation)
        .filter(it -> it > 0)
        .sum();
  }

  private void byItself(String key, Asked asked, ConsistencyMode mode) {
    boolean isServed = periods.isServedSince(key, asked.at());
    check(
        "linearizable",
        mode == ConsistencyMode.LINEARIZABLE || !isServed || isLate(asked),
        "%s answers %s by itself while the group serves".formatted(asked.node(), key));
  }

  /** What a session knows of elements. */
  record Mind(Set<String> seen, Map<String, Change> gone) {
    Mind() {
      this(new HashSet<>(), new HashMap<>());
    }
  }

  /** A set was read. */
  void read(String key, Asked asked, ConsistencyMode mode, Set<String> value, Mind mind) {
    count("read " + mode);
    byItself(key, asked, mode);
    shows(asked.node(), value);
    boolean isPromised = mode != ConsistencyMode.EVENTUAL && !isLate(asked);
    for (String known : isPromised ? mind.seen() : Set.<String>of()) {
      var change = added.get(known);
      boolean isMissing = change.key.equals(key) && isOwed(change) && !value.contains(known);
      check(
          "session guarantees",
          mayBeRemoved(known) || !isMissing,
          "%s lacks %s at %s, %s".formatted(key, known, asked.node(), mode));
    }
    for (var removal : isPromised ? mind.gone().values() : List.<Change>of()) {
      check(
          "no resurrection",
          !isOwed(removal) || !value.contains(removal.element()),
          "%s has %s again at %s, %s".formatted(key, removal.element(), asked.node(), mode));
    }
    mind.seen().addAll(value);
  }

  /** A stock was read. */
  void read(Asked asked, ConsistencyMode mode, long value) {
    count("read " + mode);
    byItself(STOCK_KEY, asked, mode);
    check("bounded", value >= 0, "%s has %d".formatted(asked.node(), value));
    long wanted = sum(false, true);
    check(REJECTED, value <= wanted, "%s has %d of %d".formatted(asked.node(), value, wanted));
  }

  /** Whether all have to show it: it is handed in, or will be, as its replica is still there. */
  private boolean isOwed(Change change) {
    boolean isThere = change.asked.life().equals(lifeOf(change.asked.node()));
    return change.isDone && (change.isSafe || isThere && !change.asked.isLate());
  }

  private void check(String property, boolean holds, String otherwise) {
    if (!holds) {
      run.found(Optional.of(property + ": " + otherwise));
    }
  }

  @Override
  public void applied(
      LadderCommand command, LadderReply reply, LadderState before, LadderState after) {
    if (command instanceof Evict evict && before.rungs().members().containsKey(evict.node())) {
      evicted(nameOf(evict.node()));
      evictedAt.put(nameOf(evict.node()), run.machines().group().index());
    } else if (command instanceof Joined joined && reply instanceof Stands) {
      count("joined");
      boolean isMember = joined.replica().equals(before.rungs().members().get(joined.node()));
      if (isMember && !isLate(nameOf(joined.node()))) {
        handedIn(joined);
      }
    }
    for (String key : SET_KEYS) {
      boolean was = before.rungs().of(key).isIn(ConsistencyMode.LINEARIZABLE);
      boolean is = after.rungs().of(key).isIn(ConsistencyMode.LINEARIZABLE);
      if (is && !was) {
        served(key, elements(after, key));
      } else if (was && !is) {
        periods.end(key);
      } else if (is && command instanceof Joined joined && joined.key().equals(key)) {
        periods.late(key, elements(before, key), elements(after, key));
      }
    }
  }

  private String nameOf(String address) {
    return run.machines().world().names().stream()
        .filter(name -> Machine.addressOf(name).equals(address))
        .findFirst()
        .orElseThrow();
  }

  private static Set<String> elements(LadderState state, String key) {
    var seen = (Seen) state.query(new Look(key));
    return LadderMachines.SETS.values().codec().decode(seen.value()).elements();
  }

  private void handedIn(Joined joined) {
    String node = nameOf(joined.node());
    boolean isSet = joined.key().startsWith("set/");
    var value =
        isSet
            ? LadderMachines.SETS.values().codec().decode(joined.value())
            : AddWinsSet.<String>empty();
    shows(node, value.elements());
    for (var change : changes) {
      boolean isOfIt =
          change.key.equals(joined.key())
              && change.isDone
              && !change.isByGroup
              && change.asked.node().equals(node)
              && change.asked.life().equals(lifeOf(node))
              && !change.asked.isLate();
      if (isOfIt) {
        change.isSafe = true;
        boolean isThere = isSet && value.contains(change.element());
        check(
            "handed in",
            !isSet || (change.isAdding() ? isThere || mayBeRemoved(change.element()) : !isThere),
            "%s is not in what %s hands in".formatted(change.operation, node));
      }
    }
  }

  private void served(String key, Set<String> value) {
    count("served");
    shows("the group", value);
    periods.begin(key, value);
    for (var change : changes) {
      boolean isMissing = change.key.equals(key) && isOwed(change) && change.isAdding();
      check(
          "handed in",
          !isMissing || value.contains(change.element()) || mayBeRemoved(change.element()),
          "the group serves %s without %s of %s"
              .formatted(key, change.operation, change.asked.node()));
    }
  }

  /** In the end all have those values. */
  void atTheEnd(Map<String, Set<String>> sets, long stock) {
    sets.values().forEach(set -> shows("all", set));
    long surely = 0;
    long atMost = 0;
    for (var change : changes) {
      boolean isThere = change.asked.losses() == run.losses(change.asked.node());
      boolean isKept = change.isDone && (change.isSafe || isThere);
      if (change.operation instanceof Long amount) {
        surely += amount < 0 || isKept ? amount : 0;
        atMost += amount > 0 || isKept ? amount : 0;
        continue;
      }
      boolean isShown = sets.get(change.key).contains(change.element());
      check(
          "confirmed stays",
          !isKept || (change.isAdding() ? isShown || mayBeRemoved(change.element()) : !isShown),
          "%s of %s is lost".formatted(change.operation, change.asked.node()));
    }
    tally.put("stocks known exactly", surely == atMost ? 1 : 0);
    check(
        "confirmed stays",
        surely <= stock && stock <= atMost,
        "the stock is %d, not %d to %d".formatted(stock, surely, atMost));
  }
}
