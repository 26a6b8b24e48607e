package dev.synod.paxos.rules.multi;

import dev.synod.core.Configuration;
import dev.synod.core.Invariants;
import dev.synod.core.StoreId;
import dev.synod.paxos.rules.Quorums;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * Which configuration governs which slot (Lamport 2001, §3; Lamport, Malkhi, Zhou, "Reconfiguring a
 * State Machine", 2010, §3): the one that is chosen in slot i governs from slot i + alpha on. So a
 * slot may be proposed by who knows all that was chosen up to alpha slots before it, and by nobody
 * else.
 *
 * @param alpha the same at all replicas of a group
 * @param quorumsOf gives those of a configuration; fails if it can have none
 * @param all that are known and may matter still, in order; at least one
 * @param known all configurations chosen in slots up to there are among them, or were
 */
public record Regimes(
    int alpha, Function<Configuration, Quorums> quorumsOf, List<Regime> all, long known) {

  public Regimes {
    all = List.copyOf(all);
  }

  /** Of a group that has just been founded, or restored. */
  public static Regimes founding(
      int alpha, Function<Configuration, Quorums> quorumsOf, Configuration configuration) {
    var first = new Regime(1, configuration, quorumsOf.apply(configuration));
    return new Regimes(alpha, quorumsOf, List.of(first), 0);
  }

  /** A snapshot of that slot says so; it was taken when that configuration governed the next. */
  public Regimes restored(long slot, Configuration configuration) {
    var first = new Regime(slot + 1, configuration, quorumsOf.apply(configuration));
    return new Regimes(alpha, quorumsOf, List.of(first), slot);
  }

  /** That was chosen in that slot. Slots are told in order, each once. */
  public Regimes chosen(long slot, Configuration configuration) {
    var latest = latest();
    Invariants.check(
        configuration.version() == latest.configuration().version() + 1
            && slot + alpha > latest.from(),
        "configurations are chosen one after the other: %s in slot %s after %s",
        configuration,
        slot,
        latest);
    var more = new ArrayList<>(all);
    more.add(new Regime(slot + alpha, configuration, quorumsOf.apply(configuration)));
    return new Regimes(alpha, quorumsOf, more, known);
  }

  /**
   * Why these can't be members: the group's kind of quorums does not fit them. Empty if it does.
   */
  public Optional<String> objectionTo(Configuration configuration) {
    try {
      var fitting = quorumsOf.apply(configuration);
      return fitting.members().isEmpty() ? Optional.of("nobody would vote") : Optional.empty();
    } catch (IllegalArgumentException unfit) {
      return Optional.of(String.valueOf(unfit.getMessage()));
    }
  }

  /** All that was chosen up to there was told. */
  public Regimes knownUpTo(long slot) {
    if (slot <= known) {
      return this;
    }
    int over = 0;
    while (over + 1 < all.size() && all.get(over + 1).from() <= slot) {
      over++;
    }
    return new Regimes(alpha, quorumsOf, all.subList(over, all.size()), slot);
  }

  /** Which governs that slot, if all is known that decides it. */
  Regime at(long slot) {
    Invariants.check(
        slot >= all.get(0).from(),
        "slot %s is before all of which it is known what governs them: %s",
        slot,
        all);
    int last = all.size() - 1;
    while (last > 0 && all.get(last).from() > slot) {
      last--;
    }
    return all.get(last);
  }

  /** The last slot that it governs; {@link Long#MAX_VALUE} if no other one is known. */
  long lastOf(Regime regime) {
    for (Regime later : all) {
      if (later.from() > regime.from()) {
        return later.from() - 1;
      }
    }
    return Long.MAX_VALUE;
  }

  /** All who belong to the group by any of them, sorted. */
  List<StoreId> members() {
    return all.stream().flatMap(regime -> regime.audience().stream()).distinct().sorted().toList();
  }

  /** The last slot of which it is known what governs it. */
  long decided() {
    return known + alpha;
  }

  /** The newest, which governs from some later slot on, or does already. */
  public Regime latest() {
    return all.get(all.size() - 1);
  }

  /** Whether a snapshot of that slot needs to name no more than the newest. */
  public boolean isSettledAt(long slot) {
    return latest().from() <= slot + 1;
  }
}
