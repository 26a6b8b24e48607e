package dev.synod.testkit.crdt;

import dev.synod.testkit.engine.Engine;
import dev.synod.testkit.history.Call;
import dev.synod.testkit.history.Ending;
import dev.synod.testkit.history.Event;
import dev.synod.testkit.history.History;
import dev.synod.testkit.history.check.CheckLimits;
import dev.synod.testkit.history.check.LinearizabilityChecker;
import dev.synod.testkit.history.check.Verdict;
import dev.synod.testkit.history.model.Models;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;

/**
 * The times in which sets are linearizable, and what was asked for then. Each time is a history of
 * its own, which begins with what the group had.
 */
final class LadderPeriods {

  private static final CheckLimits LIMITS = new CheckLimits(300_000, 100_000, 1);

  /** From when to when the group served a key. */
  private static final class Period {
    private final String key;
    private final Set<String> first;
    private final long from;
    private long to = Long.MAX_VALUE;

    Period(String key, Set<String> first, long from) {
      this.key = key;
      this.first = new TreeSet<>(first);
      this.from = from;
    }

    boolean touches(Asked one) {
      return one.key.equals(key) && one.from <= to && one.to >= from;
    }
  }

  /** One call, and how it ended. */
  static final class Asked {
    private final String key;
    private final String name;
    private final List<Object> arguments;
    private final long from;
    private long to = Long.MAX_VALUE;
    private Ending ending = Ending.UNKNOWN;
    private String result = "";

    private Asked(String key, String name, List<Object> arguments, long from) {
      this.key = key;
      this.name = name;
      this.arguments = arguments;
      this.from = from;
    }

    Call call() {
      return Call.of(name, key, arguments.toArray());
    }
  }

  private final Supplier<Engine> engine;
  private final List<Period> periods = new ArrayList<>();
  private final List<Asked> all = new ArrayList<>();
  private int undecided;

  LadderPeriods(Supplier<Engine> engine) {
    this.engine = engine;
  }

  private long now() {
    return engine.get().nanoTime();
  }

  void begin(String key, Set<String> first) {
    periods.add(new Period(key, first, now()));
  }

  void end(String key) {
    open(key).ifPresent(it -> it.to = now());
  }

  private Optional<Period> open(String key) {
    return periods.stream().filter(it -> it.key.equals(key) && it.to == Long.MAX_VALUE).findAny();
  }

  /** Whether the group has served that key since then. */
  boolean isServedSince(String key, long time) {
    return open(key).filter(it -> it.from <= time).isPresent();
  }

  /** Something was merged late, while the group serves. */
  void late(String key, Set<String> before, Set<String> after) {
    for (String element : after) {
      if (!before.contains(element)) {
        ok(asked(key, "add", element), "");
      }
    }
    for (String element : before) {
      if (!after.contains(element)) {
        ok(asked(key, "remove", element), "");
      }
    }
  }

  Asked asked(String key, String name, Object... arguments) {
    var one = new Asked(key, name, List.of(arguments), now());
    all.add(one);
    return one;
  }

  void ok(Asked one, String result) {
    one.to = now();
    one.ending = Ending.OK;
    one.result = result;
  }

  /** It was not done, or by a node itself. */
  void forget(Asked one) {
    all.remove(one);
  }

  static String text(Set<String> value) {
    return "{" + String.join(",", new TreeSet<>(value)) + "}";
  }

  int undecided() {
    return undecided;
  }

  int count() {
    return periods.size();
  }

  /** What is not linearizable. */
  Optional<String> check() {
    for (var period : periods) {
      var verdict = LinearizabilityChecker.check(history(period), Models.set(), LIMITS);
      undecided += verdict instanceof Verdict.Undecided ? 1 : 0;
      if (verdict.isBroken()) {
        return Optional.of("linearizable: " + verdict);
      }
    }
    return Optional.empty();
  }

  private History history(Period period) {
    var events = new ArrayList<Event>();
    for (String element : period.first) {
      events.add(new Event.Invoke(0, "first", Call.of("add", period.key, element)));
      events.add(new Event.End(0, "first", Ending.OK, ""));
    }
    var rest = new ArrayList<Event>();
    var shown = new HashSet<String>();
    var here = new ArrayList<Asked>();
    for (var one : all) {
      long others = periods.stream().filter(it -> it != period && it.touches(one)).count();
      boolean isIn = period.touches(one);
      if (isIn && one.name.equals("read") && one.ending == Ending.OK && others == 0) {
        here.add(one);
        shown.addAll(Set.of(one.result.substring(1, one.result.length() - 1).split(",")));
      } else if (isIn && !one.name.equals("read")) {
        here.add(one);
      }
    }
    int number = 0;
    for (var one : here) {
      boolean isCertain =
          one.ending == Ending.OK
              && periods.stream().noneMatch(it -> it != period && it.touches(one));
      boolean isSeen =
          !one.name.equals("add")
              || shown.contains(one.arguments.get(0))
                  && !period.first.contains(one.arguments.get(0));
      if (isCertain || isSeen) {
        String process = "c" + ++number;
        rest.add(new Event.Invoke(one.from, process, one.call()));
        if (isCertain) {
          rest.add(new Event.End(one.to, process, Ending.OK, one.result));
        }
      }
    }
    rest.sort(Comparator.comparingLong(Event::time));
    events.addAll(rest);
    return new History(events);
  }
}
