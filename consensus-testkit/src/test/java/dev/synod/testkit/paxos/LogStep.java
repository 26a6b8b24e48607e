package dev.synod.testkit.paxos;

import dev.synod.core.StoreId;
import dev.synod.paxos.protocol.Ballot;
import dev.synod.paxos.protocol.multi.SlotMessage;
import dev.synod.paxos.protocol.multi.SlotMessage.Accept;
import dev.synod.paxos.protocol.multi.SlotMessage.Accepted;
import dev.synod.paxos.protocol.multi.SlotMessage.CanvassReply;
import dev.synod.paxos.protocol.multi.SlotMessage.Lead;
import dev.synod.paxos.protocol.multi.SlotMessage.Learned;
import dev.synod.paxos.protocol.multi.SlotMessage.Promise;
import dev.synod.paxos.protocol.multi.SlotVote;
import dev.synod.paxos.rules.multi.Canvassing;
import dev.synod.paxos.rules.multi.SlotAcceptor;
import dev.synod.paxos.rules.multi.SlotEffect;
import dev.synod.paxos.rules.multi.SlotLearner;
import dev.synod.paxos.rules.multi.SlotProposer;
import dev.synod.paxos.rules.multi.SlotStep;
import java.util.ArrayList;
import java.util.List;

/** One step of a replica whose disk writes at once. */
final class LogStep implements SlotEffect.Performer {

  private final StoreId self;
  private final int ballotsLeft;
  private final List<LogSeat.Said> said = new ArrayList<>();
  private SlotAcceptor acceptor;
  private SlotLearner learner;
  private SlotProposer proposer;
  private LogVotes votes;

  LogStep(LogSeat before) {
    this.self = before.self();
    this.acceptor = before.acceptor();
    this.learner = before.learner();
    this.proposer = before.proposer();
    this.votes = before.votes();
    this.ballotsLeft = before.ballotsLeft();
  }

  LogSeat.Done done() {
    return new LogSeat.Done(
        new LogSeat(acceptor, learner, proposer, ballotsLeft).plain(), List.copyOf(said));
  }

  LogStep stand() {
    propose(proposer.electionTimeout());
    for (StoreId other : proposer.state().configuration().membership().voters()) {
      if (proposer instanceof Canvassing canvassing) {
        propose(canvassing.canvassReply(new CanvassReply(other, canvassing.ballot(), true)));
      }
    }
    return this;
  }

  LogStep perform(SlotStep<SlotProposer> step) {
    propose(step);
    return this;
  }

  LogStep hear(SlotMessage message) {
    if (message instanceof SlotMessage.ToAcceptor request) {
      ask(request);
    } else if (message instanceof SlotMessage.ToLearner told) {
      learn(learner.receive(told));
    } else if (message instanceof SlotMessage.ToProposer answer) {
      propose(proposer.receive(answer));
    }
    return this;
  }

  private void ask(SlotMessage.ToAcceptor request) {
    boolean listens = acceptor.listensTo(request.ballot());
    var step = acceptor.receive(request);
    acceptor = step.after();
    step.effects().forEach(effect -> effect.perform(this));
    if (listens && request instanceof Accept accept) {
      propose(proposer.heard(accept.ballot()));
      learn(learner.heard(accept.from(), accept.ballot(), accept.chosen(), false));
    } else if (listens && request instanceof Lead lead) {
      propose(proposer.heard(lead.ballot()));
      learn(learner.heard(lead.from(), lead.ballot(), lead.chosen(), true));
    }
  }

  private void learn(SlotStep<SlotLearner> step) {
    learner = step.after();
    step.effects().forEach(effect -> effect.perform(this));
  }

  private void propose(SlotStep<SlotProposer> step) {
    proposer = step.after();
    step.effects().forEach(effect -> effect.perform(this));
  }

  private void write(LogVotes after) {
    votes = after;
    acceptor =
        new SlotAcceptor(
            self,
            acceptor.promised(),
            acceptor.chosen(),
            acceptor.hearsProposer(),
            acceptor.heard(),
            votes,
            0,
            acceptor.regimes(),
            acceptor.aheadMax());
    learner = new SlotLearner(self, learner.chosen(), learner.known(), votes);
  }

  @Override
  public void savePromise(SlotEffect.SavePromise effect) {
    // the acceptor has it
  }

  @Override
  public void writeVotes(SlotEffect.WriteVotes effect) {
    write(votes.with(effect.ballot(), effect.entries()));
  }

  @Override
  public void writeChosen(SlotEffect.WriteChosen effect) {
    write(votes.with(Ballot.ZERO, effect.entries()));
  }

  @Override
  public void whenDurable(SlotEffect.WhenDurable effect) {
    effect.effect().perform(this);
  }

  /**
   * To give a ballot up is always safe, so refusals are left out; and which answer belongs to which
   * heartbeat matters for reads only. What an acceptor has noted is of use where members change;
   * what was chosen is asked for after heartbeats.
   */
  @Override
  public void send(SlotEffect.Send effect) {
    boolean isOfUse =
        !(effect.message() instanceof SlotMessage.Nack
            || effect.message() instanceof SlotMessage.LeadReply
            || effect.message() instanceof SlotMessage.Canvass
            || (effect.message() instanceof SlotMessage.Learn && proposer instanceof Canvassing));
    if (isOfUse) {
      var message =
          effect.message() instanceof Lead lead
              ? new Lead(lead.from(), lead.ballot(), 0, lead.chosen())
              : effect.message();
      said.add(new LogSeat.Said(effect.to(), plain(message)));
    }
  }

  private static SlotMessage plain(SlotMessage message) {
    return message instanceof Accepted told
        ? new Accepted(told.from(), told.ballot(), told.firstSlot(), told.lastSlot(), 0)
        : message;
  }

  @Override
  public void sendPromise(SlotEffect.SendPromise effect) {
    long first = effect.firstSlot();
    var told = votes.after(Math.max(first - 1, acceptor.chosen()));
    var promise =
        new Promise(self, effect.ballot(), first, Long.MAX_VALUE, told, acceptor.chosen());
    said.add(new LogSeat.Said(effect.to(), promise));
  }

  @Override
  public void sendChosen(SlotEffect.SendChosen effect) {
    var entries =
        votes.after(effect.firstSlot() - 1).stream()
            .map(SlotVote::entry)
            .filter(entry -> entry.index() <= effect.lastSlot())
            .toList();
    said.add(new LogSeat.Said(effect.to(), new Learned(self, entries)));
  }

  @Override
  public void sendSnapshot(SlotEffect.SendSnapshot effect) {
    throw new IllegalStateException("nothing is compacted here");
  }

  @Override
  public void commit(SlotEffect.Commit effect) {
    acceptor = acceptor.knows(effect.slot());
    propose(proposer.chosen(effect.slot()));
  }

  @Override
  public void tellChosen(SlotEffect.TellChosen effect) {
    learn(learner.chosenHere(effect.ballot(), effect.slot(), effect.entries()));
  }

  @Override
  public void catchUp(SlotEffect.CatchUp effect) {
    learn(learner.catchUp(effect.from(), effect.slot()));
  }

  @Override
  public void confirmRead(SlotEffect.ConfirmRead effect) {
    throw new IllegalStateException("nobody reads here");
  }

  @Override
  public void timer(SlotEffect.Timer effect) {
    // anything that a timer does may happen at any time
  }
}
