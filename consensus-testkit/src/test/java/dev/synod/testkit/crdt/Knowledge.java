package dev.synod.testkit.crdt;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What was added to which set, by whom with what in mind; what was confirmed, and what may have
 * been removed. Elements have numbers; each is added once.
 */
final class Knowledge {

  /**
   * An element that somebody wanted to add.
   *
   * @param follows the elements that its session had seen or added by then, and itself
   * @param gone the elements that its session had removed, or knew to be
   */
  private record Element(String key, BitSet follows, BitSet gone) {}

  /**
   * Something that was done and confirmed.
   *
   * @param element that was added or removed
   * @param copies so many replicas had it
   * @param lives of all machines when it was asked for
   */
  record Confirmed(int element, int copies, Map<String, Integer> lives) {

    /** Whether one of those that had it is still there. */
    boolean survives(Map<String, Integer> livesNow) {
      return lives.entrySet().stream()
              .filter(life -> !life.getValue().equals(livesNow.get(life.getKey())))
              .count()
          < copies;
    }
  }

  private final boolean isInherited;
  private final List<Element> elements = new ArrayList<>();
  private final BitSet mayBeRemoved = new BitSet();
  private final List<Confirmed> added = new ArrayList<>();
  private final List<Confirmed> removed = new ArrayList<>();

  /**
   * @param isInherited whether an effect that is shown stands for all that its session knew. Not so
   *     if replicas are both evicted and lost: one that comes back keeps its own changes, and not
   *     those of a lost one that only it had
   */
  Knowledge(boolean isInherited) {
    this.isInherited = isInherited;
  }

  /** What a session knows. */
  static final class Mind {
    private final BitSet seen = new BitSet();
    private final BitSet gone = new BitSet();

    /** One that it has seen, by that choice; none if it has seen nothing. */
    Optional<Integer> one(int choice) {
      int count = seen.cardinality();
      return count == 0
          ? Optional.empty()
          : Optional.of(seen.stream().skip(choice % count).findFirst().orElseThrow());
    }

    void added(int element) {
      seen.set(element);
    }

    void removed(int element) {
      gone.set(element);
    }
  }

  static String text(int element) {
    return "e" + element;
  }

  String key(int element) {
    return elements.get(element).key();
  }

  /** A new one, which that session is going to add. */
  int add(String key, Mind mind) {
    int number = elements.size();
    var follows = (BitSet) mind.seen.clone();
    follows.set(number);
    elements.add(new Element(key, follows, (BitSet) mind.gone.clone()));
    return number;
  }

  /** Somebody is going to remove it. */
  void remove(int element) {
    mayBeRemoved.set(element);
  }

  void added(Confirmed confirmed) {
    added.add(confirmed);
  }

  void removed(Confirmed confirmed) {
    removed.add(confirmed);
  }

  boolean isLeftAlone(int element) {
    return !mayBeRemoved.get(element);
  }

  /** What is wrong with what a session reads; it knows it from then on. */
  Optional<String> read(String key, Set<String> value, Mind mind) {
    var there = new BitSet();
    value.forEach(element -> there.set(Integer.parseInt(element.substring(1))));
    for (int known : mind.seen.stream().toArray()) {
      if (key(known).equals(key) && isLeftAlone(known) && !there.get(known)) {
        return Optional.of("causal reads: %s lacks %s".formatted(key, text(known)));
      }
    }
    for (int found : there.stream().toArray()) {
      if (mind.gone.get(found)) {
        return Optional.of("no resurrection: %s has %s again".formatted(key, text(found)));
      }
    }
    there.stream()
        .forEach(
            found -> {
              mind.seen.set(found);
              if (isInherited) {
                mind.seen.or(elements.get(found).follows());
                mind.gone.or(elements.get(found).gone());
              }
            });
    return Optional.empty();
  }

  /** What is wrong with the values in the end. */
  Optional<String> atTheEnd(Map<String, Set<String>> values, Map<String, Integer> lives) {
    for (var confirmed : added) {
      if (isLeftAlone(confirmed.element())
          && confirmed.survives(lives)
          && !isIn(values, confirmed.element())) {
        return Optional.of(
            "confirmed stays: %s of %d copies is lost"
                .formatted(text(confirmed.element()), confirmed.copies()));
      }
    }
    for (var confirmed : removed) {
      if (confirmed.survives(lives) && isIn(values, confirmed.element())) {
        return Optional.of(
            "no resurrection: %s is back in the end".formatted(text(confirmed.element())));
      }
    }
    return Optional.empty();
  }

  private boolean isIn(Map<String, Set<String>> values, int element) {
    return values.getOrDefault(key(element), Set.of()).contains(text(element));
  }

  /** How much was done. */
  Map<String, Integer> tally() {
    var tally = new HashMap<String, Integer>();
    tally.put("elements", elements.size());
    tally.put("confirmed", added.size());
    tally.put("removed", removed.size());
    return tally;
  }
}
