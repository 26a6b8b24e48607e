package dev.synod.testkit.paxos;

import com.typesafe.config.Config;
import dev.synod.core.Bytes;
import dev.synod.core.Configuration;
import dev.synod.core.Entry;
import dev.synod.core.EntryKind;
import dev.synod.paxos.MultiPaxosSettings;
import dev.synod.paxos.Paxos;
import dev.synod.paxos.QuorumSystem;
import dev.synod.paxos.actor.multi.FromReplica;
import dev.synod.paxos.actor.multi.SlotRecord;
import dev.synod.paxos.protocol.Ballot;
import dev.synod.paxos.protocol.multi.SlotMessage.Accepted;
import dev.synod.paxos.protocol.multi.SlotMessage.Promise;
import dev.synod.testkit.cluster.Lens;
import dev.synod.testkit.invariant.Change;
import dev.synod.testkit.invariant.Invariant;
import dev.synod.testkit.invariant.SlotRules;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * An acceptor's log holds votes in the order in which they were given, and what was chosen where it
 * had voted for nothing, or for something else.
 */
public final class PaxosLens implements Lens {

  private final QuorumSystem quorums;
  private final int alpha;

  /**
   * @param quorums of the group
   * @param alpha of the group
   */
  public PaxosLens(QuorumSystem quorums, int alpha) {
    this.quorums = quorums;
    this.alpha = alpha;
  }

  /** That of a group with the usual alpha. */
  public PaxosLens(QuorumSystem quorums) {
    this(quorums, Paxos.ALPHA);
  }

  /** That of a group with majorities. */
  public PaxosLens() {
    this(QuorumSystem.majorities());
  }

  @Override
  public HardState hardState(Bytes saved) {
    return HardState.NONE;
  }

  @Override
  public Optional<Change> promiseOf(String node, String to, Object message) {
    if (message instanceof FromReplica told) {
      if (told.message() instanceof Promise promise) {
        return Optional.of(new Change.PromiseSaid(node, of(promise.ballot())));
      } else if (told.message() instanceof Accepted accepted) {
        return Optional.of(
            new Change.VotesSaid(
                node, of(accepted.ballot()), accepted.firstSlot(), accepted.lastSlot()));
      }
    }
    return Optional.empty();
  }

  @Override
  public List<Change> kept(String node, Entry record, boolean isNew) {
    var written = SlotRecord.decode(record.payload());
    var changes = new ArrayList<Change>();
    for (Entry entry : written.entries()) {
      long value =
          (entry.payload().hashCode() * 31L + entry.kind().code()) * 31 + entry.term().number();
      if (entry.kind() == EntryKind.CONFIGURATION) {
        var named = Configuration.decode(entry.payload());
        changes.add(new Change.ConfigurationKept(node, entry.index(), value, named));
      }
      changes.add(
          written
              .ballot()
              .<Change>map(
                  ballot -> new Change.VoteKept(node, of(ballot), entry.index(), value, isNew))
              .orElseGet(() -> new Change.ChoiceKept(node, entry.index(), value)));
    }
    return changes;
  }

  @Override
  public List<Change> kept(String node, Bytes saved) {
    return List.of(
        new Change.PromiseKept(node, of(SlotRecord.promise(saved))),
        new Change.CompactionKept(node, SlotRecord.compacted(saved)));
  }

  @Override
  public List<Change> found(String node, Bytes saved) {
    return List.of(
        new Change.PromiseFound(node, of(SlotRecord.promise(saved))),
        new Change.CompactionKept(node, SlotRecord.compacted(saved)));
  }

  private static Change.Ballot of(Ballot ballot) {
    return new Change.Ballot(ballot.round(), ballot.proposer());
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
    return Invariant.ofSlots(
        new SlotRules(members -> quorums.of(members.voters()).accept(), alpha));
  }

  @Override
  public boolean isLogInOrder() {
    return false;
  }
}
