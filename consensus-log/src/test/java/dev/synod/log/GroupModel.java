package dev.synod.log;

import dev.synod.core.Bytes;
import dev.synod.core.Entry;
import dev.synod.core.LogPosition;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A group's log as simple as can be: every state that it ever had since it was opened, one per
 * record. After a crash the real one must be in one of the states from the last durable one on.
 */
final class GroupModel {

  record State(
      LogPosition base, List<Entry> entries, Optional<Bytes> saved, Optional<Bytes> description) {

    static final State EMPTY =
        new State(LogPosition.ZERO, List.of(), Optional.empty(), Optional.empty());

    LogPosition last() {
      return entries.isEmpty() ? base : entries.get(entries.size() - 1).position();
    }

    static State of(GroupLog log, List<Entry> entries) {
      return new State(log.base(), entries, log.saved(), log.description());
    }
  }

  private record Step(long ticket, State state) {}

  private final List<Step> steps = new ArrayList<>();

  GroupModel(State start) {
    steps.add(new Step(0, start));
  }

  State now() {
    return steps.get(steps.size() - 1).state();
  }

  void append(long ticket, List<Entry> appended) {
    for (Entry entry : appended) {
      List<Entry> entries = new ArrayList<>(now().entries());
      entries.add(entry);
      add(ticket, new State(now().base(), entries, now().saved(), now().description()));
    }
  }

  void save(long ticket, Bytes hardState) {
    add(
        ticket,
        new State(now().base(), now().entries(), Optional.of(hardState), now().description()));
  }

  void describe(long ticket, Bytes description) {
    add(ticket, new State(now().base(), now().entries(), now().saved(), Optional.of(description)));
  }

  void truncateFrom(long ticket, long index) {
    List<Entry> kept = now().entries().stream().filter(entry -> entry.index() < index).toList();
    add(ticket, new State(now().base(), kept, now().saved(), now().description()));
  }

  void compactTo(long ticket, LogPosition upTo) {
    if (upTo.index() <= now().base().index()) {
      return;
    }
    boolean held = now().entries().stream().anyMatch(entry -> entry.position().equals(upTo));
    List<Entry> kept =
        held
            ? now().entries().stream().filter(entry -> entry.index() > upTo.index()).toList()
            : List.of();
    add(ticket, new State(upTo, kept, now().saved(), now().description()));
  }

  /** The states that a crash may leave, when writes up to that ticket were reported durable. */
  List<State> possibleAfterCrash(long durableTicket) {
    List<State> possible = new ArrayList<>();
    for (int i = 0; i < steps.size(); i++) {
      boolean superseded = i + 1 < steps.size() && steps.get(i + 1).ticket() <= durableTicket;
      if (!superseded) {
        possible.add(steps.get(i).state());
      }
    }
    return possible;
  }

  private void add(long ticket, State state) {
    steps.add(new Step(ticket, state));
  }
}
