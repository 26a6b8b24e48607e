package dev.synod.testkit.paxos;

import dev.synod.core.Bytes;
import dev.synod.core.Entry;
import dev.synod.core.EntryKind;
import dev.synod.core.StoreId;
import dev.synod.paxos.protocol.Ballot;
import dev.synod.paxos.protocol.multi.SlotMessage;
import dev.synod.paxos.rules.multi.Contacts;
import dev.synod.paxos.rules.multi.Leading;
import dev.synod.paxos.rules.multi.Preparing;
import dev.synod.paxos.rules.multi.SlotAcceptor;
import dev.synod.paxos.rules.multi.SlotLearner;
import dev.synod.paxos.rules.multi.SlotProposal;
import dev.synod.paxos.rules.multi.SlotProposer;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A replica of a log as a value: acceptor, learner and proposer, and what it may yet begin.
 *
 * @param ballotsLeft how often it may still stand
 */
record LogSeat(SlotAcceptor acceptor, SlotLearner learner, SlotProposer proposer, int ballotsLeft) {

  /** Something said to somebody. */
  record Said(StoreId to, SlotMessage message) {}

  /** What a replica did, and what it says. */
  record Done(LogSeat after, List<Said> said) {}

  private static final int AHEAD_MAX = 100;
  private static final String VALUE = "of ";
  private static final Contacts NOBODY = new Contacts(Map.of(), Set.of());

  static LogSeat of(StoreId self, SlotProposer proposer, int ballots) {
    var acceptor =
        SlotAcceptor.recovered(
            self, Ballot.ZERO, 0, LogVotes.NONE, proposer.state().regimes(), AHEAD_MAX);
    var learner = SlotLearner.recovered(self, 0, LogVotes.NONE);
    return new LogSeat(acceptor, learner, proposer, ballots).plain();
  }

  /** Whether a replica may have proposed that by itself. */
  static boolean isWanted(Entry entry) {
    return entry.payload().asUtf8().startsWith(VALUE);
  }

  StoreId self() {
    return acceptor.self();
  }

  LogVotes votes() {
    return (LogVotes) acceptor.votes();
  }

  /**
   * The same as far as others can tell: silence may come at any time, so nobody counts on having
   * heard a proposer; who was heard of late matters for giving up only, and nobody has to.
   */
  LogSeat plain() {
    var plainly =
        proposer instanceof Leading leading
            ? new Leading(
                leading.state(),
                leading.ballot(),
                leading.recovered(),
                leading.pipeline(),
                leading.beats(),
                NOBODY,
                leading.reads(),
                leading.tenure())
            : proposer;
    return new LogSeat(acceptor.proposerSilent(), learner, plainly, ballotsLeft);
  }

  /** Whether that message does nothing here any more, whatever comes. */
  boolean isDeafTo(SlotMessage message) {
    if (message instanceof SlotMessage.Prepare || message instanceof SlotMessage.Lead) {
      return !acceptor.listensTo(message.ballot());
    } else if (message instanceof SlotMessage.Promise promise) {
      return !(proposer instanceof Preparing preparing)
          || !preparing.ballot().equals(promise.ballot())
          || preparing.covered().containsKey(promise.from());
    }
    return message instanceof SlotMessage.Learned learned
        && learned.entries().get(learned.entries().size() - 1).index() <= learner.chosen();
  }

  Done hear(SlotMessage message) {
    return new LogStep(this).hear(message).done();
  }

  /** It asks for promises; that others are willing is taken for granted, since it binds nobody. */
  Optional<Done> stand() {
    if (ballotsLeft == 0 || proposer instanceof Leading) {
      return Optional.empty();
    }
    var standing = new LogSeat(acceptor, learner, proposer, ballotsLeft - 1);
    return Optional.of(new LogStep(standing).stand().done());
  }

  /** It proposes a value of its own, if it leads and there is a slot left. */
  Optional<Done> propose(long slots) {
    if (!(proposer instanceof Leading leading) || leading.next() > slots) {
      return Optional.empty();
    }
    var value = new SlotProposal(EntryKind.COMMAND, Bytes.utf8(VALUE + self()));
    return Optional.of(new LogStep(this).perform(leading.propose(List.of(value))).done());
  }

  /** It says that it leads, and what is chosen. */
  Optional<Done> beat() {
    if (!(proposer instanceof Leading leading)) {
      return Optional.empty();
    }
    var step = new LogStep(this).perform(leading.heartbeatDue()).done();
    return Optional.of(
        new Done(
            this,
            step.said().stream()
                .filter(said -> said.message() instanceof SlotMessage.Lead)
                .toList()));
  }
}
