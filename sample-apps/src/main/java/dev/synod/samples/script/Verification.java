package dev.synod.samples.script;

import dev.synod.samples.chat.Chat;
import dev.synod.samples.chat.Message;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Compares what clients were told with what the nodes hold: nothing acknowledged is lost, nothing
 * is there twice, and all nodes agree.
 */
public final class Verification {

  /** Problems told one by one; more are counted only. */
  private static final int PROBLEMS_MAX = 20;

  private final Ledger.Told told;
  private final List<String> problems = new ArrayList<>();
  private int beyondTheRoom;

  private Verification(Ledger.Told told) {
    this.told = told;
  }

  /**
   * What is wrong and what was looked at.
   *
   * @param before the counter's value when the ledger began
   * @param after its value now, read linearizably
   * @param rooms what each node holds in its chat room
   */
  public static Report of(
      Ledger.Told told, long before, long after, Map<String, List<Message>> rooms) {
    var verification = new Verification(told);
    verification.counter(before, after);
    rooms.forEach(verification::room);
    verification.agreement(rooms);
    return verification.report(after, rooms);
  }

  /** The growth is the sum of what was acknowledged and of some of what is unknown. */
  private void counter(long before, long after) {
    long acknowledged = told.adds().stream().mapToLong(Long::longValue).sum();
    // Bit n is set if some of the unknown amounts sum up to lowest + n.
    long lowest = 0;
    var sums = BigInteger.ONE;
    for (long amount : told.unknownAdds()) {
      lowest += Math.min(0, amount);
      sums = sums.or(sums.shiftLeft((int) Math.abs(amount)));
    }
    long surplus = after - before - acknowledged;
    long bit = surplus - lowest;
    if (bit < 0 || bit >= sums.bitLength() || !sums.testBit((int) bit)) {
      problem(
          "the counter grew by %d, but %d was acknowledged; the rest, %d, is no sum of unknown %s"
              .formatted(after - before, acknowledged, surplus, told.unknownAdds()));
    }
  }

  private void room(String node, List<Message> messages) {
    var ids = new HashSet<String>();
    long last = 0;
    for (var message : messages) {
      if (message.index() <= last) {
        problem("%s: message %d stands after %d".formatted(node, message.index(), last));
      }
      last = message.index();
      if (!ids.add(message.id())) {
        problem("%s: message %s is there twice: %s".formatted(node, message.id(), message));
      }
    }
    var byId =
        messages.stream()
            .collect(Collectors.toMap(Message::id, Function.identity(), (one, two) -> one));
    // A full room has let go of its oldest messages.
    long oldest = messages.size() < Chat.MESSAGES_MAX ? 0 : messages.get(0).index();
    for (var message : told.messages()) {
      if (message.index() < oldest) {
        beyondTheRoom++;
      } else if (!message.equals(byId.get(message.id()))) {
        problem(
            "%s: acknowledged was %s, but there is %s"
                .formatted(node, message, byId.getOrDefault(message.id(), NOTHING)));
      }
    }
  }

  private void agreement(Map<String, List<Message>> rooms) {
    var different = rooms.values().stream().distinct().count();
    if (different > 1) {
      problem("the rooms of the nodes %s differ".formatted(rooms.keySet()));
    }
  }

  private void problem(String text) {
    problems.add(text);
  }

  private Report report(long after, Map<String, List<Message>> rooms) {
    int rest = problems.size() - PROBLEMS_MAX;
    var shown = new ArrayList<>(problems.subList(0, Math.min(PROBLEMS_MAX, problems.size())));
    if (rest > 0) {
      shown.add("and " + rest + " more");
    }
    var sizes =
        rooms.entrySet().stream()
            .map(room -> room.getKey() + " " + room.getValue().size())
            .collect(Collectors.joining(", "));
    String beyond =
        beyondTheRoom == 0 ? "" : "; " + beyondTheRoom + " looks were beyond the room's end";
    return new Report(
        shown, "%s; counter %d; messages held: %s%s".formatted(told, after, sizes, beyond));
  }

  private static final Message NOTHING = new Message(0, "", "", "nothing", 0);

  /**
   * What a verification found.
   *
   * @param problems empty if all is well
   * @param summary what was compared
   */
  public record Report(List<String> problems, String summary) {

    public Report {
      problems = List.copyOf(problems);
    }

    public boolean isGood() {
      return problems.isEmpty();
    }
  }
}
