package dev.synod.crdt.actor;

import dev.synod.crdt.AddWinsSet;
import dev.synod.crdt.PnCounter;
import dev.synod.crdt.clock.Dot;
import dev.synod.crdt.clock.ReplicaId;
import dev.synod.crdt.rules.Family;
import dev.synod.crdt.rules.Replication;
import dev.synod.crdt.wire.CausalCodecs;
import dev.synod.crdt.wire.Codec;
import dev.synod.crdt.wire.PlainCodecs;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What was changed by whom, and what of it replicas may show: what they claim to have merged, and
 * nothing that was removed before.
 */
final class Sightings {

  static final Family<PnCounter> COUNTERS =
      new Family<>("counter/", PlainCodecs.pnCounter(), PnCounter.ZERO);
  static final Family<AddWinsSet<String>> SETS =
      new Family<>("set/", CausalCodecs.addWinsSet(Codec.text()), AddWinsSet.empty());
  static final List<Family<?>> FAMILIES = List.of(COUNTERS, SETS);
  static final String COUNTER = "counter/x";

  /** A change, by its maker and its number. */
  private record Change(ReplicaId by, long number) {
    boolean isLost(ReplicaId maker, long after) {
      return by.equals(maker) && number > after;
    }

    boolean isMergedBy(Replication replica) {
      return replica.merged().get(by) >= number;
    }
  }

  /** An element that was added once. */
  private record Element(
      String key, String text, Change added, Set<String> dots, List<Change> removals) {}

  private final Map<String, Element> elements = new HashMap<>();
  private final List<Change> counted = new ArrayList<>();
  private final Map<String, String> dots = new HashMap<>();
  private final Set<String> goneAt = new HashSet<>();
  private int names;

  private static void require(boolean holds, String otherwise, Object... values) {
    if (!holds) {
      throw new AssertionError(otherwise.formatted(values));
    }
  }

  /** A text that no element had before. */
  String fresh() {
    return "e" + ++names;
  }

  /** That replica's next change will add it; the set is what it makes of the change. */
  void added(Replication by, String key, String text, AddWinsSet<String> delta) {
    var own = new HashSet<String>();
    delta
        .state()
        .store()
        .context()
        .forEach(
            (Dot dot) -> {
              var before = dots.put(key + dot, text);
              require(before == null, "%s of %s is used for %s and %s", dot, key, before, text);
              own.add(key + dot);
            });
    var change = new Change(by.self(), by.lastChange() + 1);
    elements.put(text, new Element(key, text, change, own, new ArrayList<>()));
  }

  /** That replica's next change will remove it. */
  void removed(Replication by, String text) {
    var element = elements.get(text);
    require(element != null, "%s shows %s, which was never there", by.self(), text);
    if (element != null) {
      element.removals().add(new Change(by.self(), by.lastChange() + 1));
    }
  }

  /** That replica's next change will add one to the counter. */
  void counted(Replication by) {
    counted.add(new Change(by.self(), by.lastChange() + 1));
  }

  /** Nobody was told of that replica's changes behind that one, and it has lost them in a crash. */
  void lost(ReplicaId maker, long after) {
    for (var element : List.copyOf(elements.values())) {
      element.removals().removeIf(it -> it.isLost(maker, after));
      if (element.added().isLost(maker, after)) {
        elements.remove(element.text());
        dots.keySet().removeAll(element.dots());
      }
    }
    counted.removeIf(it -> it.isLost(maker, after));
    goneAt.removeIf(it -> it.startsWith(maker + " "));
  }

  /** What a replica claims to have merged is there; what was removed before that is not. */
  void check(Replication replica) {
    for (var element : elements.values()) {
      boolean isShown = isShown(replica, element);
      var place = replica.self() + " " + element.text();
      if (element.removals().stream().anyMatch(it -> it.isMergedBy(replica))) {
        goneAt.add(place);
      }
      require(!isShown || !goneAt.contains(place), "%s is back: %s", element, replica.self());
      require(
          isShown || !element.removals().isEmpty() || !element.added().isMergedBy(replica),
          "%s lacks %s, which it has merged",
          replica.self(),
          element);
    }
  }

  private static boolean isShown(Replication replica, Element element) {
    return replica.value(SETS, element.key()).elements().contains(element.text());
  }

  /**
   * All that was not lost is there.
   *
   * @param alsoRemovals whether nothing is that was removed. If two are evicted at once, one may
   *     make an element anew of which another has removed it, and all have forgotten that
   */
  void checkAll(Replication replica, boolean alsoRemovals) {
    for (var element : elements.values()) {
      boolean isShown = isShown(replica, element);
      boolean isRemoved = !element.removals().isEmpty();
      require(
          isRemoved ? !isShown || !alsoRemovals : isShown,
          "in the end %s shows %s: %s",
          replica.self(),
          element,
          isShown);
    }
    require(
        replica.value(COUNTERS, COUNTER).value() == counted.size(),
        "counted %d, and %s shows %s",
        counted.size(),
        replica.self(),
        replica.value(COUNTERS, COUNTER).value());
  }
}
