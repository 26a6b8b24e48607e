package dev.synod.testkit.paxos;

import dev.synod.core.Configuration;
import dev.synod.core.Entry;
import dev.synod.core.EntryKind;
import dev.synod.core.InvariantViolation;
import dev.synod.core.Member;
import dev.synod.core.NodeAddress;
import dev.synod.core.StoreId;
import dev.synod.paxos.Paxos;
import dev.synod.paxos.protocol.Ballot;
import dev.synod.paxos.protocol.multi.SlotMessage.Accept;
import dev.synod.paxos.protocol.multi.SlotMessage.Accepted;
import dev.synod.paxos.rules.Quorums;
import dev.synod.paxos.rules.multi.ProposerState;
import dev.synod.paxos.rules.multi.Regimes;
import dev.synod.paxos.rules.multi.SlotLimits;
import dev.synod.paxos.rules.multi.SlotProposer;
import java.nio.LongBuffer;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.LongStream;

/**
 * Looks at every state that the replicas of a log can come to, breadth first. What was said once
 * may be heard at any later time, as often as may be, or never: so messages are lost, doubled and
 * overtake each other in all ways at once. Disks write at once, and nobody crashes.
 *
 * <p>A state is a few numbers, as with {@link Explorer}: which messages were said, a bit each, and
 * the numbers of the replicas' states.
 */
final class LogExplorer {

  /**
   * What an exploration is of: majorities of three replicas.
   *
   * @param ballots how many each of the replicas may use
   * @param slots up to which each of them proposes values of its own; it may have to propose more
   * @param beats whether proposers say what is chosen, too, so that others learn it
   */
  record Instance(List<Integer> ballots, List<Integer> slots, boolean beats) {}

  /** What was found. */
  record Report(int states, Optional<String> broken) {}

  /** A ballot each, and one slot. */
  static final Instance LEARNING = new Instance(List.of(1, 1, 0), List.of(1, 1, 0), true);

  private record Move(int after, int[] said) {}

  private static final int WORDS = 8;
  private static final int ID_BITS = 20;
  private static final int WIDTH = WORDS + 1;
  private static final SlotLimits LIMITS = new SlotLimits(100, 1, 1000);

  private final Instance instance;
  private final Quorums quorums;
  private final Regimes regimes;
  private final List<StoreId> ids;
  private final Numbered<LogSeat.Said> messages = new Numbered<>("messages", WORDS * Long.SIZE);
  private final Numbered<LogSeat> seats = new Numbered<>("states of replicas", 1 << ID_BITS);
  private final Map<Integer, Move[]> heard = new HashMap<>();
  private final Map<Long, Boolean> deaf = new HashMap<>();
  private final Map<Integer, List<Move>> begun = new HashMap<>();
  private final States states = new States(WIDTH);
  private final Map<LongBuffer, Choice> choices = new HashMap<>();
  private final long[][] inboxes;
  private final long[] votes = new long[WORDS];
  private final long[] now = new long[WIDTH];
  private final long[] next = new long[WIDTH];
  private int current;

  LogExplorer(Instance instance) {
    this.instance = instance;
    this.ids = LongStream.rangeClosed(1, instance.ballots().size()).mapToObj(StoreId::of).toList();
    this.inboxes = new long[ids.size()][WORDS];
    this.quorums = Quorums.majorities(ids);
    this.regimes =
        Regimes.founding(Paxos.ALPHA, members -> quorums, new Configuration(members(ids)));
  }

  private static List<Member> members(List<StoreId> ids) {
    return ids.stream()
        .map(id -> new Member(id, new NodeAddress("node " + id, "sim@" + id)))
        .toList();
  }

  /** All states, or those up to the first one that is broken. */
  Report run() {
    try {
      for (int i = 0; i < ids.size(); i++) {
        var state = new ProposerState(ids.get(i), regimes, LIMITS, Ballot.ZERO, 0);
        var proposer = SlotProposer.atStart(state).after();
        seat(next, i, seats.of(LogSeat.of(ids.get(i), proposer, instance.ballots().get(i))));
      }
      states.add(next, 0);
      Optional<String> broken = Optional.empty();
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

  private void expand() {
    for (int place = 0; place < ids.size(); place++) {
      var moves = heard.computeIfAbsent(seat(now, place), seat -> new Move[WORDS * Long.SIZE]);
      for (int word = 0; word < WORDS; word++) {
        for (long left = now[word] & inboxes[place][word]; left != 0; left &= left - 1) {
          int number = word * Long.SIZE + Long.numberOfTrailingZeros(left);
          if (moves[number] == null) {
            moves[number] = hears(seat(now, place), number);
          }
          go(place, moves[number]);
        }
      }
    }
    for (int i = 0; i < ids.size(); i++) {
      for (Move move : begun.computeIfAbsent(seat(now, i), this::beginnings)) {
        go(i, move);
      }
    }
  }

  private Move hears(int seat, int number) {
    return move(seats.at(seat).hear(messages.at(number).message()));
  }

  private List<Move> beginnings(int number) {
    var seat = seats.at(number);
    var beat = instance.beats() ? seat.beat() : Optional.<LogSeat.Done>empty();
    return List.of(seat.stand(), seat.propose(instance.slots().get(ids.indexOf(seat.self()))), beat)
        .stream()
        .flatMap(Optional::stream)
        .map(this::move)
        .toList();
  }

  private Move move(LogSeat.Done done) {
    return new Move(seats.of(done.after()), done.said().stream().mapToInt(this::number).toArray());
  }

  /** Also notes whom it is for, and whether it is about what is chosen. */
  private int number(LogSeat.Said said) {
    int number = messages.of(said);
    long bit = 1L << number % Long.SIZE;
    inboxes[ids.indexOf(said.to())][number / Long.SIZE] |= bit;
    if (said.message() instanceof Accept || said.message() instanceof Accepted) {
      votes[number / Long.SIZE] |= bit;
    }
    return number;
  }

  private void go(int place, Move move) {
    if (move.after() == seat(now, place) && isSaid(move.said())) {
      return;
    }
    System.arraycopy(now, 0, next, 0, WIDTH);
    seat(next, place, move.after());
    for (int number : move.said()) {
      next[number / Long.SIZE] |= 1L << number % Long.SIZE;
    }
    forget(place, move.after());
    for (int number : move.said()) {
      int to = ids.indexOf(messages.at(number).to());
      forget(to, seat(next, to));
    }
    states.add(next, current);
  }

  private boolean isSaid(int[] said) {
    for (int number : said) {
      if ((now[number / Long.SIZE] >>> number % Long.SIZE & 1) == 0) {
        return false;
      }
    }
    return true;
  }

  /** What does nothing there any more makes no difference. */
  private void forget(int place, int seat) {
    for (int word = 0; word < WORDS; word++) {
      for (long left = next[word] & inboxes[place][word]; left != 0; left &= left - 1) {
        if (isDeaf(seat, word * Long.SIZE + Long.numberOfTrailingZeros(left))) {
          next[word] &= ~Long.lowestOneBit(left);
        }
      }
    }
  }

  private boolean isDeaf(int seat, int number) {
    return deaf.computeIfAbsent(
        (long) seat << Integer.SIZE | number,
        key -> seats.at(seat).isDeafTo(messages.at(number).message()));
  }

  private static int seat(long[] state, int place) {
    return (int) (state[WORDS] >>> place * ID_BITS) & ((1 << ID_BITS) - 1);
  }

  private static void seat(long[] state, int place, int number) {
    long cleared = state[WORDS] & ~(((1L << ID_BITS) - 1) << place * ID_BITS);
    state[WORDS] = cleared | (long) number << place * ID_BITS;
  }

  private record Place(long slot, Ballot ballot) {}

  /** What is chosen for each slot, or what is wrong with that. */
  private record Choice(Map<Long, Entry> chosen, String wrong) {}

  /** What is wrong with that state: agreement and validity, by what was ever said. */
  private Optional<String> look(int found) {
    states.read(found, next);
    var said = new long[WORDS];
    for (int word = 0; word < WORDS; word++) {
      said[word] = next[word] & votes[word];
    }
    var choice = choices.computeIfAbsent(LongBuffer.wrap(said), key -> choice(said));
    return choice.wrong().isEmpty()
        ? learned(found, choice.chosen())
        : broken(choice.wrong(), found);
  }

  private Choice choice(long[] said) {
    var proposed = new HashMap<Place, Entry>();
    var accepted = new HashMap<Place, Set<StoreId>>();
    for (int number = 0; number < messages.size(); number++) {
      if ((said[number / Long.SIZE] >>> number % Long.SIZE & 1) == 0) {
        continue;
      }
      var message = messages.at(number).message();
      if (message instanceof Accept accept) {
        for (Entry entry : accept.entries()) {
          var place = new Place(entry.index(), accept.ballot());
          var other = proposed.putIfAbsent(place, entry);
          if (other != null && !other.equals(entry)) {
            return wrong("one value a ballot: " + other + " and " + entry);
          }
          if (entry.kind() == EntryKind.COMMAND && !LogSeat.isWanted(entry)) {
            return wrong("validity: nobody wanted " + entry);
          }
        }
      } else if (message instanceof Accepted told) {
        for (long slot = told.firstSlot(); slot <= told.lastSlot(); slot++) {
          accepted
              .computeIfAbsent(new Place(slot, told.ballot()), place -> new HashSet<>())
              .add(told.from());
        }
      }
    }
    var chosen = new HashMap<Long, Entry>();
    for (var one : accepted.entrySet()) {
      if (quorums.accept().isMetBy(one.getValue()::contains)) {
        var value = proposed.get(one.getKey());
        var other = value == null ? null : chosen.putIfAbsent(value.index(), value);
        if (value == null || (other != null && !other.equals(value))) {
          return wrong("agreement: " + other + " and " + value);
        }
      }
    }
    return new Choice(chosen, "");
  }

  private static Choice wrong(String what) {
    return new Choice(Map.of(), what);
  }

  private Optional<String> learned(int found, Map<Long, Entry> chosen) {
    for (int i = 0; i < ids.size(); i++) {
      var seat = seats.at(seat(next, i));
      for (long slot = 1; slot <= seat.learner().chosen(); slot++) {
        var vote = seat.votes().bySlot().get(slot);
        if (vote == null || !vote.entry().equals(chosen.get(slot))) {
          return broken(
              "learning: %s takes %s for chosen, which is %s"
                  .formatted(seat.self(), vote, chosen.get(slot)),
              found);
        }
      }
    }
    return Optional.empty();
  }

  /** With how that state came about: after each move what changed. */
  private Optional<String> broken(String what, int found) {
    var lines = new StringBuilder();
    long[] after = new long[WIDTH];
    long[] before = new long[WIDTH];
    for (int number = found; number != 0; number = states.parent(number)) {
      states.read(number, after);
      states.read(states.parent(number), before);
      for (int i = 0; i < ids.size(); i++) {
        if (seat(after, i) != seat(before, i)) {
          lines.insert(0, "\n  " + seats.at(seat(after, i)));
        }
      }
    }
    return Optional.of(what + lines);
  }
}
