package dev.synod.testkit.history;

import dev.synod.core.Outcome;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.LongSupplier;

/**
 * Writes a history while it happens. Simulated clients call it where they ask and where they are
 * answered; the order of these calls is the order of the history. May be shared by threads: then
 * the invocation must be recorded before the request leaves, the end after the answer has come.
 */
public final class HistoryRecorder {

  /** How many events are kept unless told otherwise: about 100 MB. */
  public static final int EVENTS_MAX = 1_000_000;

  private final LongSupplier clock;
  private final int eventsMax;
  private final List<Event> events = new ArrayList<>();
  private final Set<String> asking = new HashSet<>();

  /**
   * @param clock logical time, such as the simulation's; must not fall
   */
  public HistoryRecorder(LongSupplier clock) {
    this(clock, EVENTS_MAX);
  }

  /**
   * @param eventsMax how many events are kept; one more is an error, never a silent gap
   */
  public HistoryRecorder(LongSupplier clock, int eventsMax) {
    this.clock = clock;
    this.eventsMax = eventsMax;
  }

  /**
   * A client asks.
   *
   * @throws IllegalStateException if it has not been answered yet, or the recorder is full
   */
  public Pending invoke(String process, String name, String key, Object... arguments) {
    return invoke(process, Call.of(name, key, arguments));
  }

  /**
   * A client asks.
   *
   * @throws IllegalStateException if it has not been answered yet, or the recorder is full
   */
  public synchronized Pending invoke(String process, Call call) {
    if (asking.contains(process)) {
      throw new IllegalStateException(process + " asks twice at once");
    }
    var invocation = new Event.Invoke(clock.getAsLong(), process, call);
    add(invocation);
    asking.add(process);
    return new Pending(invocation);
  }

  /** What was recorded up to now. */
  public synchronized History history() {
    return new History(events);
  }

  private synchronized void end(String process, Ending ending, String text) {
    add(new Event.End(clock.getAsLong(), process, ending, text));
    asking.remove(process);
  }

  private void add(Event event) {
    if (events.size() >= eventsMax) {
      throw new IllegalStateException("the history is full: eventsMax is " + eventsMax);
    }
    events.add(event);
  }

  /** A call that is not answered yet. Ends once. */
  public final class Pending {

    private final Event.Invoke invocation;
    private boolean ended;

    private Pending(Event.Invoke invocation) {
      this.invocation = invocation;
    }

    /** How it stands in the history. */
    public Event.Invoke invocation() {
      return invocation;
    }

    /** It took effect; nothing is told. */
    public void ok() {
      finish(Ending.OK, "");
    }

    /** It took effect, with this result. */
    public void ok(Object result) {
      finish(Ending.OK, Call.text(result));
    }

    /** It certainly took no effect, and never will. */
    public void rejected(String why) {
      finish(Ending.REJECTED, why);
    }

    /** It may have taken effect, or may yet. */
    public void unknown(String why) {
      finish(Ending.UNKNOWN, why);
    }

    /** It ended as a group's client was told. */
    public void end(Outcome<?> outcome) {
      if (outcome instanceof Outcome.Ok<?> ok) {
        ok(ok.reply());
      } else if (outcome instanceof Outcome.Rejected<?> rejected) {
        rejected(rejected.text());
      } else if (outcome instanceof Outcome.Unknown<?> unknown) {
        unknown(unknown.text());
      }
    }

    /** Whether the client has been told; an answer after that is to be ignored. */
    public boolean ended() {
      return ended;
    }

    private void finish(Ending ending, String text) {
      if (ended) {
        throw new IllegalStateException(invocation.process() + " was answered already");
      }
      HistoryRecorder.this.end(invocation.process(), ending, text);
      ended = true;
    }
  }
}
