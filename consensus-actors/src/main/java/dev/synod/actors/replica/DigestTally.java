package dev.synod.actors.replica;

import dev.synod.core.Quorum;
import dev.synod.core.StoreId;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** What replicas say their digest after one entry is, and what follows. */
public final class DigestTally {

  private final Map<StoreId, Long> digests = new HashMap<>();

  /** What follows from the answers so far. */
  public sealed interface Verdict {

    /** Nothing yet. */
    record Open() implements Verdict {}

    /** A quorum agrees, and these don't. */
    record Agreed(long digest, Set<StoreId> diverged) implements Verdict {}

    /** All have answered, and no quorum agrees: nobody can tell who is right. */
    record Split() implements Verdict {}
  }

  /** Its digest. */
  public void answered(StoreId store, long digest) {
    digests.put(store, digest);
  }

  /**
   * What follows.
   *
   * @param voters those that have a state
   * @param members all of them that have one, learners too
   */
  public Verdict verdict(Quorum voters, Collection<StoreId> members) {
    for (long digest : new TreeSet<>(digests.values())) {
      if (voters.isMetBy(store -> said(store, digest))) {
        var diverged = new TreeSet<>(digests.keySet());
        diverged.removeIf(store -> said(store, digest));
        return new Verdict.Agreed(digest, Collections.unmodifiableSet(diverged));
      }
    }
    return digests.keySet().containsAll(members) ? new Verdict.Split() : new Verdict.Open();
  }

  private boolean said(StoreId store, long digest) {
    var own = digests.get(store);
    return own != null && own == digest;
  }
}
