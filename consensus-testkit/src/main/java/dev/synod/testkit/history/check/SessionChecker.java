package dev.synod.testkit.history.check;

import dev.synod.testkit.history.History;
import dev.synod.testkit.history.model.RegisterModel;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Tells which session guarantees (Terry et al. 1994) a history of reads and writes breaks.
 *
 * <p>A read is stale if its client must know of a newer value: because it wrote it or read it, or
 * because it read a value whose writer had written it or read it before. How it must know names the
 * guarantee; if the news came over several clients, each kind of hop on the way is named, and at
 * least one of them is broken. One value is older than another if it caused it, or is the initial
 * one; of two that nobody related neither is older, whatever their times. So a causal history
 * breaks none of the four.
 */
public final class SessionChecker {

  private final ReadsFrom readsFrom;
  private final Precedence causes;
  private final Map<SessionGuarantee, Witness> broken = new EnumMap<>(SessionGuarantee.class);

  private SessionChecker(ReadsFrom readsFrom) {
    this.readsFrom = readsFrom;
    this.causes = readsFrom.causes();
  }

  /** Checks within {@link CheckLimits#DEFAULT}. */
  public static SessionReport check(History history, RegisterModel model) {
    return check(history, model, CheckLimits.DEFAULT);
  }

  /** Checks within limits. */
  public static SessionReport check(History history, RegisterModel model, CheckLimits limits) {
    var unfit = ReadsFrom.unfit(history, model, limits);
    if (unfit.isPresent()) {
      return new SessionReport(Map.of(), unfit);
    }
    var readsFrom = new ReadsFrom(history, model);
    if (readsFrom.unwritten().isPresent()) {
      return new SessionReport(Map.of(), Optional.of(readsFrom.unwritten().get().text()));
    }
    return new SessionChecker(readsFrom).report();
  }

  private SessionReport report() {
    var circle = causes.close();
    if (!circle.isEmpty()) {
      var text = readsFrom.tell("an effect is before its cause:", circle).text();
      return new SessionReport(Map.of(), Optional.of(text));
    }
    readsFrom.clients().values().forEach(this::checkClient);
    return new SessionReport(broken, Optional.empty());
  }

  private void checkClient(List<Integer> own) {
    for (int i = 0; i < own.size(); i++) {
      int read = own.get(i);
      if (!readsFrom.access(read).isWrite() && isStale(read)) {
        blame(own.subList(0, i), read);
      }
    }
  }

  private boolean isStale(int read) {
    return readsFrom.writesOf(readsFrom.access(read).key()).stream()
        .anyMatch(write -> isNewer(write, read) && causes.precedes(write, read));
  }

  /** Whether a write is newer than what a read read. */
  private boolean isNewer(int write, int read) {
    return readsFrom.access(write).key().equals(readsFrom.access(read).key())
        && causes.precedes(readsFrom.source(read), write);
  }

  /** The client's own writes and reads first; then the way with the fewest other clients. */
  private void blame(List<Integer> earlier, int read) {
    var direct = EnumSet.noneOf(SessionGuarantee.class);
    for (int own : earlier) {
      if (isNewer(readsFrom.source(own), read)) {
        var guarantee =
            readsFrom.access(own).isWrite()
                ? SessionGuarantee.READ_YOUR_WRITES
                : SessionGuarantee.MONOTONIC_READS;
        if (direct.add(guarantee)) {
          name(EnumSet.of(guarantee), read, causes.path(node -> node == own, read));
        }
      }
    }
    if (direct.isEmpty()) {
      var path = causes.path(node -> readsFrom.access(node).isWrite() && isNewer(node, read), read);
      name(hops(path), read, path);
    }
  }

  /** How the news passed each client on its way; the last one is the reader itself. */
  private Set<SessionGuarantee> hops(List<Precedence.Pair> path) {
    var hops = EnumSet.noneOf(SessionGuarantee.class);
    int arrived = path.get(0).before();
    for (var pair : path) {
      boolean isRead = pair.reason().cost() > 0;
      if (isRead && pair.before() != arrived) {
        hops.add(
            readsFrom.access(arrived).isWrite()
                ? SessionGuarantee.MONOTONIC_WRITES
                : SessionGuarantee.WRITES_FOLLOW_READS);
      }
      arrived = isRead ? pair.after() : arrived;
    }
    return hops;
  }

  private void name(Set<SessionGuarantee> guarantees, int read, List<Precedence.Pair> path) {
    var what = new ArrayList<String>();
    what.add("a client reads an older value than it must know of:");
    if (guarantees.size() > 1) {
      what.add("  (at least one of " + guarantees + " is broken)");
    }
    var old = readsFrom.access(readsFrom.source(read));
    what.add("    it reads this: " + old);
    what.add("    it must know of this, or newer:");
    var witness = readsFrom.tell(String.join("\n", what), path);
    guarantees.forEach(guarantee -> broken.putIfAbsent(guarantee, witness));
  }
}
