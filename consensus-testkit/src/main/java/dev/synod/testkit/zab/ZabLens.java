package dev.synod.testkit.zab;

import com.typesafe.config.Config;
import dev.synod.core.Bytes;
import dev.synod.core.Configuration;
import dev.synod.core.StoreId;
import dev.synod.core.Voting;
import dev.synod.testkit.cluster.Lens;
import dev.synod.testkit.invariant.Change;
import dev.synod.testkit.invariant.DurableCommit;
import dev.synod.testkit.invariant.DurableVote;
import dev.synod.testkit.invariant.ElectedByQuorum;
import dev.synod.testkit.invariant.Invariant;
import dev.synod.testkit.invariant.OverlappingSteps;
import dev.synod.zab.ZabSettings;
import dev.synod.zab.actor.FromServer;
import dev.synod.zab.protocol.ZabMessage.Ack;
import dev.synod.zab.protocol.ZabMessage.AckEpoch;
import dev.synod.zab.protocol.ZabMessage.AckNewLeader;
import dev.synod.zab.rules.Epochs;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/** ZAB's accepted epochs are epochs; what is acknowledged is a promise. Nobody votes twice here. */
public final class ZabLens implements Lens {

  /**
   * A step is begun if there is room for one effect, and may add one for each server. No simulated
   * group has more.
   */
  private static final int GATED_BY_ONE_STEP_MAX = 12;

  private final Voting voting;

  public ZabLens() {
    this(Voting.majority());
  }

  /** Of a group in which votes count so. */
  public ZabLens(Voting voting) {
    this.voting = voting;
  }

  @Override
  public HardState hardState(Bytes saved) {
    return new HardState(Epochs.decode(saved).accepted().number(), Optional.empty());
  }

  /**
   * Who accepts an epoch confirms nothing in it yet; where its history ends is said of what the
   * leader may cut.
   */
  @Override
  public Optional<Change> promiseOf(String node, String to, Object message) {
    if (message instanceof FromServer told) {
      if (told.message() instanceof Ack ack) {
        return Optional.of(new Change.Confirmed(node, ack.epoch().number(), ack.lastIndex()));
      } else if (told.message() instanceof AckNewLeader ack) {
        return Optional.of(new Change.Confirmed(node, ack.epoch().number(), ack.lastIndex()));
      } else if (told.message() instanceof AckEpoch ack) {
        return Optional.of(new Change.Confirmed(node, ack.epoch().number(), 0));
      }
    }
    return Optional.empty();
  }

  @Override
  public boolean isProtocol(Object message) {
    return message instanceof FromServer;
  }

  @Override
  public Object spoken(Object message) {
    return message instanceof FromServer told ? told.message() : message;
  }

  @Override
  public Map<String, Long> bounds(Config config) {
    var settings = ZabSettings.from(config.getConfig("synod.zab"));
    return Map.of(
        "gated-effects-max",
        (long) settings.gatedEffectsMax() - 1 + GATED_BY_ONE_STEP_MAX,
        "proposals-pending-max",
        (long) settings.proposalsPendingMax(),
        "reads-pending-max",
        (long) settings.readsPendingMax(),
        "entries-ahead-max",
        (long) settings.entriesAheadMax() + settings.entriesPerApplyMax() - 1);
  }

  @Override
  public String leading() {
    return "leader";
  }

  /**
   * Nobody is voted for, in a way that lasts: a leader has its epoch by acceptances. Nor does a new
   * one propose anything by itself.
   */
  @Override
  public List<Invariant> invariants() {
    return Invariant.all().stream()
        .filter(one -> !(one instanceof ElectedByQuorum))
        .filter(one -> !(one instanceof DurableVote))
        .map(one -> one instanceof OverlappingSteps ? new OverlappingSteps(false) : one)
        .map(one -> one instanceof DurableCommit ? new DurableCommit(this::agree) : one)
        .toList();
  }

  private boolean agree(Configuration configuration, Predicate<StoreId> agrees) {
    return voting.of(configuration).isMetBy(agrees);
  }
}
