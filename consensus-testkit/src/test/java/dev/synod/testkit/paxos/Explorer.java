package dev.synod.testkit.paxos;

import dev.synod.core.InvariantViolation;
import dev.synod.core.StoreId;
import dev.synod.paxos.protocol.PaxosMessage;
import dev.synod.paxos.rules.Accepting;
import dev.synod.paxos.rules.Acceptor;
import dev.synod.paxos.rules.Change;
import dev.synod.paxos.rules.Finished;
import dev.synod.paxos.rules.Proposal;
import dev.synod.paxos.rules.Quorums;
import dev.synod.paxos.rules.Rounds;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Looks at every state that acceptors and proposers can come to, breadth first. What was said once
 * may be heard at any later time, by each who it is meant for, as often as may be, or never: so
 * messages are lost, doubled and overtake each other in all ways at once. Who waits may lose
 * patience at any time.
 *
 * <p>A proposer goes from phase to phase: which answers it has heard within one can't be seen from
 * outside, so it hears them when it goes on, in all orders ({@link Seat#goingOn}). Refusals come
 * from anybody at any time, which is more than can be: to give a ballot up is always safe. They
 * tell nothing about higher ballots, which would only save rounds.
 *
 * <p>A state is a few numbers: which messages were said, a bit each, and the numbers of the
 * components' states. What a component does on a message is computed once, by the rules.
 */
final class Explorer {

  private static final int MASKS = 3;
  private static final int MESSAGES_MAX = MASKS * Long.SIZE;
  private static final int ID_BITS = 16;
  private static final int IDS_PER_WORD = Long.SIZE / ID_BITS;
  private static final int WIDTH = MASKS + 2;

  /** What was found. */
  record Report(int states, Optional<String> broken) {}

  /** From a component's state to another, with what is said. */
  private record Move(int after, int[] said) {}

  /** A proposer's state, and the answers that it can hear in it. */
  private record Hearing(int seat, Said said) {}

  /** Some of the messages. */
  private record Said(long first, long second, long third) {

    static Said of(long[] state, long[] mask) {
      return new Said(state[0] & mask[0], state[1] & mask[1], state[2] & mask[2]);
    }

    boolean has(int number) {
      long word = number < Long.SIZE ? first : number < 2 * Long.SIZE ? second : third;
      return (word >>> number % Long.SIZE & 1) == 1;
    }
  }

  private final Setting setting;
  private final Quorums quorums;
  private final List<Proposal<String>> proposals = new ArrayList<>();
  private final Numbered<PaxosMessage<String>> messages = new Numbered<>("messages", MESSAGES_MAX);
  private final Numbered<Slot> slots = new Numbered<>("states of acceptors", 1 << ID_BITS);
  private final Numbered<Seat> seats = new Numbered<>("states of proposers", 1 << ID_BITS);
  private final Map<Long, Move> moves = new HashMap<>();
  private final Map<Hearing, List<Move>> phases = new HashMap<>();
  private final Map<Said, Observed.Choice> choices = new HashMap<>();
  private final Map<List<Object>, String> promises = new HashMap<>();
  private final long[] acceptances = new long[MASKS];
  private final long[][] answers;
  private final long[][] answersTo = new long[Setting.WANTED.size()][MASKS];
  private final long[][] promisesTo = new long[Setting.WANTED.size()][MASKS];
  private final States states = new States(WIDTH);
  private final long[] now = new long[WIDTH];
  private final long[] next = new long[WIDTH];
  private int current;

  Explorer(Setting setting) {
    this.setting = setting;
    this.quorums = setting.quorums();
    this.answers = new long[setting.acceptors()][MASKS];
    for (int i = 0; i < Setting.WANTED.size(); i++) {
      proposals.add(
          new Proposal<>(
              quorums, new Change.Decide<>(Setting.WANTED.get(i)), setting.ballots().get(i)));
    }
  }

  /** All states, or those up to the first one that is broken. */
  Report run() {
    try {
      begin();
      Optional<String> broken = look(0);
      for (current = 0; current < states.size() && broken.isEmpty(); current++) {
        int before = states.size();
        states.read(current, now);
        expand();
        for (int found = before; found < states.size() && broken.isEmpty(); found++) {
          broken = look(found);
        }
      }
      return new Report(states.size(), broken);
    } catch (InvariantViolation e) {
      return new Report(states.size(), Optional.of("invariant: " + e.getMessage()));
    }
  }

  private void begin() {
    for (int i = 0; i < setting.acceptors(); i++) {
      id(next, i, slots.of(new Slot(Acceptor.initial(StoreId.of(i + 1L)), List.of())));
    }
    for (int i = 0; i < proposals.size(); i++) {
      var rounds = Rounds.atStart(StoreId.of(i + 1L), 0, 1);
      var begun = Seat.begun(proposals.get(i), rounds, i == 0 ? setting.restarts() : 0);
      id(next, setting.acceptors() + i, seats.of(begun.after()));
      for (int number : said(begun.said())) {
        say(number);
      }
    }
    states.add(next, 0);
  }

  private void expand() {
    for (int word = 0; word < MASKS; word++) {
      for (long left = now[word]; left != 0; left &= left - 1) {
        hear(word * Long.SIZE + Long.numberOfTrailingZeros(left));
      }
    }
    for (int i = 0; i < proposals.size(); i++) {
      int place = setting.acceptors() + i;
      var hearing = new Hearing(id(now, place), Said.of(now, answersTo[i]));
      for (Move move : phases.computeIfAbsent(hearing, this::phasesAfter)) {
        go(place, move);
      }
    }
    if (setting.crashes()) {
      for (int i = 0; i < setting.acceptors(); i++) {
        slotWrites(i);
      }
    }
  }

  private void hear(int number) {
    if (!(messages.at(number) instanceof PaxosMessage.ToAcceptor<String> request)) {
      return;
    }
    for (int i = 0; i < setting.acceptors(); i++) {
      int slot = id(now, i);
      long key = (long) slot << ID_BITS | number;
      go(i, moves.computeIfAbsent(key, known -> slotHears(slot, request)));
    }
  }

  private List<Move> phasesAfter(Hearing hearing) {
    var seat = seats.at(hearing.seat());
    var answers = new ArrayList<PaxosMessage.ToProposer<String>>();
    for (var message : messagesIn(hearing.said())) {
      if (message instanceof PaxosMessage.ToProposer<String> answer) {
        answers.add(answer);
      }
    }
    var after = new ArrayList<Move>();
    for (var done : seat.goingOn(answers, quorums.members())) {
      after.add(ofSeat(done));
    }
    seat.restarted(quorums).ifPresent(done -> after.add(ofSeat(done)));
    return after;
  }

  private Move ofSeat(Seat.Done done) {
    return new Move(seats.of(done.after()), said(done.said()));
  }

  private Move slotHears(int slot, PaxosMessage.ToAcceptor<String> request) {
    var done = slots.at(slot).hear(request);
    var said = new ArrayList<>(done.said());
    var after = done.after();
    while (!setting.crashes() && !after.pending().isEmpty()) {
      var written = after.written();
      said.addAll(written.said());
      after = written.after();
    }
    return new Move(slots.of(after), said(said));
  }

  private void slotWrites(int place) {
    var slot = slots.at(id(now, place));
    if (slot.pending().isEmpty()) {
      return;
    }
    var written = slot.written();
    go(place, new Move(slots.of(written.after()), said(written.said())));
    go(place, new Move(slots.of(slot.restarted()), new int[0]));
  }

  private int[] said(List<PaxosMessage<String>> said) {
    return said.stream().mapToInt(this::number).toArray();
  }

  /** Also notes what the message is about, for {@link #look}. */
  private int number(PaxosMessage<String> message) {
    int number = messages.of(message);
    long bit = 1L << number % Long.SIZE;
    if (message instanceof PaxosMessage.Accept || message instanceof PaxosMessage.Accepted) {
      acceptances[number / Long.SIZE] |= bit;
    }
    if (message instanceof PaxosMessage.ToProposer<String> answer) {
      int proposer = number(message.ballot().proposer());
      answers[number(answer.from())][number / Long.SIZE] |= bit;
      answersTo[proposer][number / Long.SIZE] |= bit;
      if (message instanceof PaxosMessage.Promise) {
        promisesTo[proposer][number / Long.SIZE] |= bit;
      }
    }
    return number;
  }

  /** One component's move makes one state of another. */
  private void go(int place, Move move) {
    System.arraycopy(now, 0, next, 0, WIDTH);
    id(next, place, move.after());
    for (int number : move.said()) {
      say(number);
    }
    for (int i = 0; i < proposals.size(); i++) {
      forgetPromises(i);
    }
    states.add(next, current);
  }

  /**
   * A proposer in its second phase, or done, hears no promise any more. Those of earlier ballots
   * are kept where the setting says so.
   */
  private void forgetPromises(int i) {
    var proposer = seats.at(id(next, setting.acceptors() + i)).proposer();
    boolean over = proposer instanceof Accepting || proposer instanceof Finished;
    for (int word = 0; word < MASKS; word++) {
      for (long left = next[word] & promisesTo[i][word]; left != 0; left &= left - 1) {
        int number = word * Long.SIZE + Long.numberOfTrailingZeros(left);
        boolean isEarlier = !messages.at(number).ballot().equals(proposer.ballot());
        if (over || (isEarlier && !setting.lateAnswers())) {
          next[word] &= ~Long.lowestOneBit(left);
        }
      }
    }
  }

  private void say(int number) {
    next[number / Long.SIZE] |= 1L << number % Long.SIZE;
  }

  private static int number(StoreId store) {
    return (int) store.uuid().getLeastSignificantBits() - 1;
  }

  private static int id(long[] state, int place) {
    int shift = place % IDS_PER_WORD * ID_BITS;
    return (int) (state[MASKS + place / IDS_PER_WORD] >>> shift) & ((1 << ID_BITS) - 1);
  }

  private static void id(long[] state, int place, int number) {
    int word = MASKS + place / IDS_PER_WORD;
    int shift = place % IDS_PER_WORD * ID_BITS;
    long cleared = state[word] & ~(((1L << ID_BITS) - 1) << shift);
    state[word] = cleared | (long) number << shift;
  }

  /** What is wrong with that state. */
  private Optional<String> look(int found) {
    states.read(found, next);
    var choice =
        choices.computeIfAbsent(
            Said.of(next, acceptances),
            said -> new Observed(quorums, setting.accept()).choice(messagesIn(said)));
    String wrong = choice.wrong();
    for (int i = 0; i < setting.acceptors() && wrong.isEmpty(); i++) {
      int slot = id(next, i);
      var said = Said.of(next, answers[i]);
      wrong =
          promises.computeIfAbsent(
              List.of(slot, said),
              key -> Observed.promise(slots.at(slot).durable(), messagesIn(said)));
    }
    for (int i = 0; i < proposals.size() && wrong.isEmpty(); i++) {
      var seat = seats.at(id(next, setting.acceptors() + i));
      boolean forgot = i == 0 && setting.restarts() > seat.restartsLeft();
      wrong = Observed.result(seat, forgot ? Setting.OTHER : Setting.WANTED.get(i), choice);
    }
    return wrong.isEmpty() ? Optional.empty() : Optional.of(wrong + "\n" + story(found));
  }

  private List<PaxosMessage<String>> messagesIn(Said said) {
    var all = new ArrayList<PaxosMessage<String>>();
    for (int number = 0; number < messages.size(); number++) {
      if (said.has(number)) {
        all.add(messages.at(number));
      }
    }
    return all;
  }

  /** How that state came about: after each move what changed. */
  private String story(int found) {
    var lines = new ArrayList<String>();
    long[] after = new long[WIDTH];
    long[] before = new long[WIDTH];
    for (int number = found; number != 0; number = states.parent(number)) {
      states.read(number, after);
      states.read(states.parent(number), before);
      for (int i = 0; i < setting.acceptors() + proposals.size(); i++) {
        if (id(after, i) != id(before, i)) {
          boolean isSlot = i < setting.acceptors();
          lines.add(0, "  " + (isSlot ? slots.at(id(after, i)) : seats.at(id(after, i))));
        }
      }
    }
    return String.join("\n", lines);
  }
}
