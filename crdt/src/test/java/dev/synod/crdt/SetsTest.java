package dev.synod.crdt;

import dev.synod.crdt.clock.ReplicaId;
import dev.synod.crdt.wire.CausalCodecs;
import dev.synod.crdt.wire.Codec;
import dev.synod.crdt.wire.PlainCodecs;
import dev.synod.crdt.wire.TypeCodec;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;

@DisplayName("Sets:")
class SetsTest {

  enum Kind {
    ADD,
    REMOVE,
    CLEAR
  }

  record Change(Kind kind, String element) {

    static Change draw(Random random, int kinds) {
      return new Change(Kind.values()[random.nextInt(kinds)], "e" + random.nextInt(6));
    }

    boolean adds(String other) {
      return kind == Kind.ADD && element.equals(other);
    }

    boolean removes(String other) {
      return kind == Kind.CLEAR || kind == Kind.REMOVE && element.equals(other);
    }
  }

  private static Set<String> elements(History<Change> history, Predicate<String> isThere) {
    return history
        .where(change -> change.kind() == Kind.ADD)
        .map(event -> event.operation().element())
        .distinct()
        .filter(isThere)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  @Nested
  @DisplayName("one that only grows")
  class Growing extends TypeContract<GSet<String>, Change> {

    @Override
    GSet<String> empty() {
      return GSet.empty();
    }

    @Override
    Change draw(Random random, GSet<String> state, ReplicaId by) {
      return Change.draw(random, 1);
    }

    @Override
    Optional<GSet<String>> delta(GSet<String> state, ReplicaId by, Change change) {
      return Optional.of(state.add(change.element()));
    }

    @Override
    Object value(GSet<String> state) {
      return new TreeSet<>(state.elements());
    }

    @Override
    Object expected(History<Change> history) {
      return elements(history, element -> true);
    }

    @Override
    TypeCodec<GSet<String>> codec() {
      return PlainCodecs.gSet(Codec.text());
    }
  }

  @Nested
  @DisplayName("one where nothing comes back")
  class TwoPhase extends TypeContract<TwoPhaseSet<String>, Change> {

    @Override
    TwoPhaseSet<String> empty() {
      return TwoPhaseSet.empty();
    }

    @Override
    Change draw(Random random, TwoPhaseSet<String> state, ReplicaId by) {
      return Change.draw(random, 2);
    }

    @Override
    Optional<TwoPhaseSet<String>> delta(TwoPhaseSet<String> state, ReplicaId by, Change change) {
      return Optional.of(
          change.kind() == Kind.ADD ? state.add(change.element()) : state.remove(change.element()));
    }

    @Override
    Object value(TwoPhaseSet<String> state) {
      return new TreeSet<>(state.elements());
    }

    /** Gone for ever once a removal has seen it. */
    @Override
    Object expected(History<Change> history) {
      return elements(
          history,
          element ->
              history
                  .where(change -> change.adds(element))
                  .noneMatch(add -> history.isSeenBy(add, change -> change.removes(element))));
    }

    @Override
    TypeCodec<TwoPhaseSet<String>> codec() {
      return PlainCodecs.twoPhaseSet(Codec.text());
    }
  }

  @Nested
  @DisplayName("adding wins")
  class AddWins extends TypeContract<AddWinsSet<String>, Change> {

    @Override
    AddWinsSet<String> empty() {
      return AddWinsSet.empty();
    }

    @Override
    Change draw(Random random, AddWinsSet<String> state, ReplicaId by) {
      return Change.draw(random, random.nextInt(4) == 0 ? 3 : 2);
    }

    @Override
    Optional<AddWinsSet<String>> delta(AddWinsSet<String> state, ReplicaId by, Change change) {
      return Optional.of(
          switch (change.kind()) {
            case ADD -> state.add(by, change.element());
            case REMOVE -> state.remove(by, change.element());
            case CLEAR -> state.clear(by);
          });
    }

    @Override
    Object value(AddWinsSet<String> state) {
      check(state.size() == state.elements().size(), "its size: %s", state);
      return new TreeSet<>(state.elements());
    }

    @Override
    Object expected(History<Change> history) {
      return elements(
          history,
          element ->
              history
                  .unseen(change -> change.adds(element), change -> change.removes(element))
                  .findAny()
                  .isPresent());
    }

    @Override
    TypeCodec<AddWinsSet<String>> codec() {
      return CausalCodecs.addWinsSet(Codec.text());
    }

    @Override
    List<AddWinsSet<String>> parts(AddWinsSet<String> state, int dotsMax) {
      return state.state().parts(dotsMax).stream().map(AddWinsSet::new).toList();
    }
  }

  @Nested
  @DisplayName("removing wins")
  class RemoveWins extends TypeContract<RemoveWinsSet<String>, Change> {

    @Override
    RemoveWinsSet<String> empty() {
      return RemoveWinsSet.empty();
    }

    @Override
    Change draw(Random random, RemoveWinsSet<String> state, ReplicaId by) {
      return Change.draw(random, 2);
    }

    @Override
    Optional<RemoveWinsSet<String>> delta(
        RemoveWinsSet<String> state, ReplicaId by, Change change) {
      return Optional.of(
          change.kind() == Kind.ADD
              ? state.add(by, change.element())
              : state.remove(by, change.element()));
    }

    @Override
    Object value(RemoveWinsSet<String> state) {
      state.elements().forEach(element -> check(state.contains(element), "%s", element));
      return new TreeSet<>(state.elements());
    }

    /** There, if the changes of it that no other has seen all add it. */
    @Override
    Object expected(History<Change> history) {
      return elements(history, element -> newest(history, element).allMatch(it -> it == Kind.ADD));
    }

    private static Stream<Kind> newest(History<Change> history, String element) {
      Predicate<Change> concerns = change -> change.element().equals(element);
      return history.unseen(concerns, concerns).map(event -> event.operation().kind());
    }

    @Override
    TypeCodec<RemoveWinsSet<String>> codec() {
      return CausalCodecs.removeWinsSet(Codec.text());
    }

    @Override
    List<RemoveWinsSet<String>> parts(RemoveWinsSet<String> state, int dotsMax) {
      return state.state().parts(dotsMax).stream().map(RemoveWinsSet::new).toList();
    }
  }
}
