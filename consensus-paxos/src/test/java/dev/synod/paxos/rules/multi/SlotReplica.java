package dev.synod.paxos.rules.multi;

import dev.synod.core.Configuration;
import dev.synod.core.Entry;
import dev.synod.core.EntryKind;
import dev.synod.core.StoreId;
import dev.synod.paxos.protocol.multi.SlotMessage;
import dev.synod.paxos.protocol.multi.SlotMessage.Accept;
import dev.synod.paxos.protocol.multi.SlotMessage.Lead;
import dev.synod.paxos.protocol.multi.SlotMessage.Learned;
import dev.synod.paxos.protocol.multi.SlotMessage.Promise;
import dev.synod.paxos.protocol.multi.SlotVote;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Acceptor, learner and proposer of one replica, with a disk, which do what their rules say. */
final class SlotReplica implements SlotEffect.Performer {

  static final int AHEAD_MAX = 12;
  static final SlotLimits LIMITS = new SlotLimits(6, 2, 1000);

  private record Gated(long ticket, SlotEffect effect) {}

  final StoreId self;
  final SlotDisk disk = new SlotDisk();
  private final Regimes founding;
  private final SlotWorld world;
  private final ArrayDeque<Gated> gate = new ArrayDeque<>();
  private final List<Entry> applied = new ArrayList<>();
  private Regimes regimes;
  private long toldVersion;
  SlotAcceptor acceptor;
  SlotLearner learner;
  SlotProposer proposer;
  private boolean isUp = true;

  SlotReplica(StoreId self, Regimes founding, SlotWorld world) {
    this.self = self;
    this.founding = founding;
    this.regimes = founding;
    this.world = world;
    this.acceptor = SlotAcceptor.recovered(self, disk.promised(), 0, disk, regimes, AHEAD_MAX);
    this.learner = SlotLearner.recovered(self, 0, disk);
    this.proposer = started();
  }

  private SlotProposer started() {
    var state = new ProposerState(self, regimes, LIMITS, disk.promised(), disk.chosen());
    return SlotProposer.atStart(state).after();
  }

  boolean isUp() {
    return isUp;
  }

  boolean leads() {
    return proposer instanceof Leading;
  }

  List<Entry> applied() {
    return applied;
  }

  void crash() {
    isUp = false;
    gate.clear();
    disk.crash();
  }

  void restart() {
    isUp = true;
    applied.clear();
    applied.addAll(disk.snapshot());
    regimes = founding;
    applied.forEach(this::governs);
    acceptor =
        SlotAcceptor.recovered(self, disk.promised(), disk.chosen(), disk, regimes, AHEAD_MAX);
    learner = SlotLearner.recovered(self, disk.chosen(), disk);
    proposer = started();
    commit(new SlotEffect.Commit(disk.chosen()));
  }

  /** What goes to the state machine may say who belongs to the group. */
  private void governs(Entry entry) {
    if (entry.kind() == EntryKind.CONFIGURATION) {
      regimes = regimes.chosen(entry.index(), Configuration.decode(entry.payload()));
    }
    regimes = regimes.knownUpTo(entry.index());
  }

  Regimes regimes() {
    return regimes;
  }

  /** All that was applied becomes a snapshot. */
  void compact() {
    disk.compact(List.copyOf(applied));
  }

  /** A snapshot of another replica arrives. */
  void install(List<Entry> state) {
    if (state.size() <= applied.size()) {
      return;
    }
    applied.clear();
    applied.addAll(state);
    regimes = founding;
    applied.forEach(this::governs);
    disk.compact(state);
    learner = learner.installed(state.size());
    known(state.size());
  }

  void durable(int writes) {
    disk.advance(writes);
    while (!gate.isEmpty() && gate.element().ticket() <= disk.durable()) {
      gate.remove().effect().perform(this);
    }
  }

  void receive(SlotMessage message) {
    if (message instanceof SlotMessage.ToAcceptor request) {
      ask(request);
    } else if (message instanceof SlotMessage.ToLearner told) {
      learn(learner.receive(told));
    } else if (message instanceof SlotMessage.ToProposer answer) {
      propose(proposer.receive(answer));
    }
  }

  private void ask(SlotMessage.ToAcceptor request) {
    boolean isHeard = !acceptor.promised().isAfter(request.ballot());
    var step = acceptor.receive(request);
    acceptor = step.after();
    step.effects().forEach(effect -> effect.perform(this));
    if (isHeard && request instanceof Accept accept) {
      propose(proposer.heard(accept.ballot()));
      learn(learner.heard(accept.from(), accept.ballot(), accept.chosen(), false));
    } else if (isHeard && request instanceof Lead lead) {
      propose(proposer.heard(lead.ballot()));
      learn(learner.heard(lead.from(), lead.ballot(), lead.chosen(), true));
    }
  }

  private void learn(SlotStep<SlotLearner> step) {
    learner = step.after();
    step.effects().forEach(effect -> effect.perform(this));
  }

  void propose(SlotStep<SlotProposer> step) {
    proposer = step.after();
    step.effects().forEach(effect -> effect.perform(this));
  }

  /** As the actors are told: of a configuration before what is chosen, else after that. */
  private void known(long slot) {
    acceptor = acceptor.governed(regimes).knows(slot);
    if (regimes.latest().configuration().version() != toldVersion) {
      toldVersion = regimes.latest().configuration().version();
      propose(proposer.governed(regimes));
    }
    propose(proposer.chosen(slot));
    propose(proposer.governed(regimes));
  }

  @Override
  public void savePromise(SlotEffect.SavePromise effect) {
    disk.promise(effect.ballot());
  }

  @Override
  public void writeVotes(SlotEffect.WriteVotes effect) {
    for (Entry entry : effect.entries()) {
      var vote = new SlotVote(effect.ballot(), entry);
      world.mayVote(self, vote, acceptor.chosen() + AHEAD_MAX);
      disk.vote(vote, learner.chosen());
      world.voted(self, vote);
    }
  }

  @Override
  public void writeChosen(SlotEffect.WriteChosen effect) {
    effect.entries().forEach(disk::chosen);
  }

  @Override
  public void whenDurable(SlotEffect.WhenDurable effect) {
    if (gate.isEmpty() && disk.durable() == disk.ticket()) {
      effect.effect().perform(this);
    } else {
      gate.add(new Gated(disk.ticket(), effect.effect()));
    }
  }

  @Override
  public void send(SlotEffect.Send effect) {
    world.send(self, effect.to(), effect.message());
  }

  @Override
  public void sendPromise(SlotEffect.SendPromise effect) {
    if (!acceptor.promised().equals(effect.ballot())) {
      return;
    }
    long from = Math.max(effect.firstSlot(), Math.max(acceptor.chosen(), disk.base()) + 1);
    var votes = disk.votesFrom(from);
    int most = world.chunk();
    boolean isWhole = votes.size() <= most;
    var part = isWhole ? votes : votes.subList(0, most);
    long last = isWhole ? Long.MAX_VALUE : part.get(part.size() - 1).slot();
    world.send(
        self,
        effect.to(),
        new Promise(
            self,
            effect.ballot(),
            effect.firstSlot(),
            last,
            part,
            Math.max(acceptor.chosen(), disk.base())));
  }

  @Override
  public void sendChosen(SlotEffect.SendChosen effect) {
    if (effect.firstSlot() <= disk.base()) {
      return;
    }
    var entries = new ArrayList<Entry>();
    for (long slot = effect.firstSlot();
        slot <= effect.lastSlot() && entries.size() < world.chunk();
        slot++) {
      entries.add(disk.valueOf(slot));
    }
    world.send(self, effect.to(), new Learned(self, entries));
  }

  @Override
  public void sendSnapshot(SlotEffect.SendSnapshot effect) {
    world.sendSnapshot(self, effect.to(), disk.snapshot());
  }

  @Override
  public void commit(SlotEffect.Commit effect) {
    for (long slot = applied.size() + 1L; slot <= effect.slot(); slot++) {
      var entry = disk.valueOf(slot);
      world.applied(self, entry);
      applied.add(entry);
      governs(entry);
    }
    known(effect.slot());
  }

  @Override
  public void tellChosen(SlotEffect.TellChosen effect) {
    effect.entries().forEach(world::acknowledged);
    learn(learner.chosenHere(effect.ballot(), effect.slot(), effect.entries()));
  }

  @Override
  public void catchUp(SlotEffect.CatchUp effect) {
    learn(learner.catchUp(effect.from(), effect.slot()));
  }

  @Override
  public void confirmRead(SlotEffect.ConfirmRead effect) {
    world.confirmed(effect.read(), effect.slot());
  }

  @Override
  public void timer(SlotEffect.Timer effect) {
    // the world's chance decides when a timer fires
  }

  Optional<Leading> leading() {
    return proposer instanceof Leading leading ? Optional.of(leading) : Optional.empty();
  }
}
