package dev.synod.testkit.invariant;

import dev.synod.testkit.invariant.Change.Ballot;
import dev.synod.testkit.invariant.Change.PromiseFound;
import dev.synod.testkit.invariant.Change.PromiseKept;
import dev.synod.testkit.invariant.Change.PromiseSaid;
import dev.synod.testkit.invariant.Change.Started;
import dev.synod.testkit.invariant.Change.VoteKept;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * An acceptor never lowers its promise, and votes for nothing below it. It promises nothing that
 * its disk does not have, and has it after a crash (Lamport 2001, P1a, §2.5).
 */
public final class DurablePromise implements Invariant {

  private final Map<String, String> stores = new HashMap<>();
  private final Map<String, Ballot> kept = new HashMap<>();

  @Override
  public String name() {
    return "promises are kept";
  }

  @Override
  public Optional<String> after(Change change, GroupView group) {
    if (change instanceof Started started) {
      if (!started.store().equals(stores.put(started.node(), started.store()))) {
        kept.remove(started.node());
      }
    } else if (change instanceof PromiseKept promise) {
      var lower = lower(promise.node(), promise.ballot(), "promises");
      kept.put(promise.node(), promise.ballot());
      return lower;
    } else if (change instanceof PromiseFound found) {
      var lower = lower(found.node(), found.ballot(), "comes back with");
      kept.put(found.node(), found.ballot());
      return lower;
    } else if (change instanceof VoteKept vote && vote.isNew()) {
      return lower(vote.node(), vote.ballot(), "votes with");
    } else if (change instanceof PromiseSaid said) {
      var known = kept.get(said.node());
      return known != null && !said.ballot().isAfter(known)
          ? HOLDS
          : Optional.of(
              "%s tells of its promise of ballot %s, but its disk has %s"
                  .formatted(said.node(), said.ballot(), known));
    }
    return HOLDS;
  }

  private Optional<String> lower(String node, Ballot ballot, String does) {
    var known = kept.get(node);
    return known != null && known.isAfter(ballot)
        ? Optional.of("%s has promised ballot %s and %s %s".formatted(node, known, does, ballot))
        : HOLDS;
  }
}
