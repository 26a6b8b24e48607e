package dev.synod.testkit.invariant;

import dev.synod.testkit.invariant.Change.Made;
import dev.synod.testkit.invariant.Change.Snapshotted;
import dev.synod.testkit.invariant.Change.WatchBegan;
import dev.synod.testkit.invariant.Change.WatchLost;
import dev.synod.testkit.invariant.Change.Watched;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A watch tells of every change from where it began, in order, each once, and as it was applied,
 * whichever replicas it heard it from. Where it can't, it says so, and only when a snapshot took
 * the place of what is missing.
 */
public final class WatchesComplete implements Invariant {

  private final TreeMap<Long, String> made = new TreeMap<>();
  private final Map<String, Long> positions = new HashMap<>();
  private long snapshotted;

  @Override
  public String name() {
    return "a watch has no gap";
  }

  @Override
  public Optional<String> after(Change change, GroupView group) {
    if (change instanceof Made one) {
      made.put(one.index(), one.request());
    } else if (change instanceof Snapshotted taken) {
      snapshotted = Math.max(snapshotted, taken.index());
    } else if (change instanceof WatchBegan began) {
      positions.put(began.watch(), began.after());
    } else if (change instanceof Watched watched) {
      return check(watched);
    } else if (change instanceof WatchLost lost) {
      return check(lost);
    }
    return HOLDS;
  }

  private Optional<String> check(Watched watched) {
    long position = positions.getOrDefault(watched.watch(), -1L);
    var request = made.get(watched.index());
    if (watched.index() <= position) {
      return broken(watched.watch(), "told of %d after %d", watched.index(), position);
    } else if (request == null || !request.equals(watched.request())) {
      return broken(
          watched.watch(),
          "told of %s at %d, but %s was made there",
          watched.request(),
          watched.index(),
          String.valueOf(request));
    } else if (position >= 0 && made.higherKey(position) != watched.index()) {
      return broken(
          watched.watch(),
          "told of %d after %d, and not of %d",
          watched.index(),
          position,
          made.higherKey(position));
    }
    positions.put(watched.watch(), watched.index());
    return HOLDS;
  }

  private Optional<String> check(WatchLost lost) {
    long position = positions.getOrDefault(lost.watch(), -1L);
    var missed = made.higherKey(position);
    if (position >= 0 && missed != null && missed < lost.next()) {
      return broken(lost.watch(), "ended before %d, and had not told of %d", lost.next(), missed);
    } else if (lost.first() <= lost.next() || lost.next() > snapshotted) {
      return broken(
          lost.watch(),
          "was denied %d, with %d as the first and snapshots up to %d",
          lost.next(),
          lost.first(),
          snapshotted);
    }
    return HOLDS;
  }

  private static Optional<String> broken(String watch, String text, Object... values) {
    return Optional.of("the watch " + watch + " " + text.formatted(values));
  }
}
