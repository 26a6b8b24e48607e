package dev.synod.testkit.paxos;

import com.typesafe.config.Config;
import dev.synod.core.Bytes;
import dev.synod.paxos.MultiPaxosSettings;
import dev.synod.paxos.actor.multi.FromReplica;
import dev.synod.testkit.cluster.Lens;
import dev.synod.testkit.invariant.Change;
import dev.synod.testkit.invariant.Invariant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** An acceptor's log holds votes in the order in which they were given. */
public final class PaxosLens implements Lens {

  @Override
  public HardState hardState(Bytes saved) {
    return HardState.NONE;
  }

  @Override
  public Optional<Change> promiseOf(String node, String to, Object message) {
    return Optional.empty();
  }

  @Override
  public boolean isProtocol(Object message) {
    return message instanceof FromReplica;
  }

  @Override
  public Object spoken(Object message) {
    return message instanceof FromReplica told ? told.message() : message;
  }

  @Override
  public Map<String, Long> bounds(Config config) {
    var settings = MultiPaxosSettings.from(config.getConfig("synod.paxos.multi"));
    return Map.of(
        "gated-effects-max",
        (long) settings.gatedEffectsMax(),
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

  @Override
  public List<Invariant> invariants() {
    return Invariant.ofOrder();
  }

  @Override
  public boolean isLogInOrder() {
    return false;
  }
}
