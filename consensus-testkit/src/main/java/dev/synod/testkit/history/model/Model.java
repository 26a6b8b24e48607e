package dev.synod.testkit.history.model;

import dev.synod.testkit.history.Call;
import dev.synod.testkit.history.Operation;
import java.util.List;
import java.util.Optional;

/**
 * What an object should answer when it is asked one thing after another: the sequential
 * specification of Herlihy and Wing 1990, §2.1. Pure: the same arguments give the same answer.
 *
 * @param <S> states: immutable, with {@code equals} and {@code hashCode} by value
 */
public interface Model<S> {

  /** The state before the first call. */
  S initial();

  /**
   * The state after a call that returned a result; empty if it can't return that in this state.
   *
   * @param result what the client was told; if empty, nobody was told, and the call happened with
   *     whatever result it has
   * @throws IllegalArgumentException if there is no such call
   */
  Optional<S> step(S state, Call call, Optional<String> result);

  /**
   * Which part of the object a call is about: parts that have nothing to do with each other are
   * checked each on its own, which is much faster and, by Herlihy and Wing's locality theorem
   * (1990, §3.1), gives the same answer. Each part begins in the initial state.
   */
  default String part(Call call) {
    return "";
  }

  /**
   * Whether a call with this result leaves every state as it is, in which it can have that result:
   * a read, a compare-and-set that failed. Checks are much faster if they know. To say so of a call
   * that changes some state makes checks wrong; to say nothing does not.
   */
  default boolean isReadOnly(Call call, String result) {
    return false;
  }

  /**
   * Whether a call of unknown outcome can be left out, since nobody saw its effect: if the others
   * have a linearization with it, they have one without. Checks are much faster if they know, as
   * each such call doubles what there is to try. Not to say so is never wrong.
   *
   * @param all operations on the same part
   */
  default boolean isUnseen(Call call, List<Operation> all) {
    return false;
  }

  /** The error for a call that a model does not know. */
  static IllegalArgumentException noSuchCall(Call call) {
    return new IllegalArgumentException("the model knows no such call: " + call);
  }

  /** A result that must be the given one, unless nobody was told. */
  static <S> Optional<S> expecting(String expected, Optional<String> result, S after) {
    return result.isEmpty() || result.get().equals(expected)
        ? Optional.of(after)
        : Optional.empty();
  }

  /** As {@link #expecting}, but the client may also have been told only that it is done. */
  static <S> Optional<S> expectingOrDone(String expected, Optional<String> result, S after) {
    return result.isPresent() && result.get().isEmpty()
        ? Optional.of(after)
        : expecting(expected, result, after);
  }
}
