package dev.synod.testkit.history;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * What clients asked and were told, in the order in which it happened. Immutable.
 *
 * <p>The order of the events is the order of real time; their times are there for a reader and
 * never fall. A client (process) does one thing at a time. An operation that has no end when the
 * history stops counts as unknown. A client may go on after an unknown outcome; the operation may
 * then take effect after its later ones.
 */
public final class History {

  private final List<Event> events;
  private final List<Operation> operations;

  /**
   * @throws IllegalArgumentException if a client asks twice at once or is answered unasked, or time
   *     falls; the text names the event
   */
  public History(List<Event> events) {
    this.events = List.copyOf(events);
    this.operations = paired(this.events);
  }

  /**
   * Reads what {@link #toString} writes.
   *
   * @throws IllegalArgumentException with the line, if it can't be read
   */
  public static History parse(String text) {
    return new History(HistoryText.parse(text));
  }

  public List<Event> events() {
    return events;
  }

  /** The operations by invocation, the rejected ones too. */
  public List<Operation> operations() {
    return operations;
  }

  /** The first so many events; what they leave open is unknown. */
  public History prefix(int length) {
    return new History(events.subList(0, length));
  }

  /** The calls of which that holds, and how they ended. */
  public History only(Predicate<Call> wanted) {
    var kept = new ArrayList<Event>();
    var open = new HashSet<String>();
    for (Event event : events) {
      boolean isKept =
          event instanceof Event.Invoke invoke
              ? wanted.test(invoke.call()) && open.add(event.process())
              : open.remove(event.process());
      if (isKept) {
        kept.add(event);
      }
    }
    return new History(kept);
  }

  private static List<Operation> paired(List<Event> events) {
    Map<String, Integer> open = new HashMap<>();
    Map<Integer, Integer> endOf = new HashMap<>();
    for (int place = 0; place < events.size(); place++) {
      var event = events.get(place);
      require(place == 0 || events.get(place - 1).time() <= event.time(), "time falls", place);
      if (event instanceof Event.Invoke) {
        require(open.put(event.process(), place) == null, "asks twice at once", place);
      } else {
        Integer begin = open.remove(event.process());
        require(begin != null, "is answered unasked", place);
        endOf.put(begin, place);
      }
    }
    var operations = new ArrayList<Operation>();
    for (int place = 0; place < events.size(); place++) {
      if (events.get(place) instanceof Event.Invoke invoke) {
        operations.add(operation(operations.size(), invoke, place, endOf.get(place), events));
      }
    }
    return List.copyOf(operations);
  }

  private static Operation operation(
      int number, Event.Invoke invoke, int place, @Nullable Integer endPlace, List<Event> events) {
    if (endPlace == null) {
      var open = new Event.End(invoke.time(), invoke.process(), Ending.UNKNOWN, "no answer");
      return new Operation(number, invoke, open, place, Operation.NEVER);
    }
    var end = (Event.End) events.get(endPlace);
    int endedAt = end.ending() == Ending.UNKNOWN ? Operation.NEVER : endPlace;
    return new Operation(number, invoke, end, place, endedAt);
  }

  private static void require(boolean holds, String what, int place) {
    if (!holds) {
      throw new IllegalArgumentException("event " + place + ": " + what);
    }
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof History history && history.events.equals(events);
  }

  @Override
  public int hashCode() {
    return events.hashCode();
  }

  /** One line an event, as {@link #parse} reads it. */
  @Override
  public String toString() {
    return HistoryText.of(events);
  }
}
