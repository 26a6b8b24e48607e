package dev.synod.testkit.history.model;

import dev.synod.testkit.history.Call;
import java.util.Optional;

/**
 * Locks with fencing tokens, free at first. The owner is an argument.
 *
 * <ul>
 *   <li>{@code acquire owner}: a number above all that were given before, the fencing token; or
 *       {@code false} if somebody holds the lock, the owner itself included
 *   <li>{@code release owner}: {@code true}, or {@code false} if that owner does not hold the lock
 *   <li>{@code expire owner}: as {@code release}, done by the environment when a lease ends
 * </ul>
 *
 * Two clients that were both given the lock, or a token that does not rise, can't be explained.
 */
public final class LockModel implements Model<LockModel.State> {

  private static final String NOBODY = "";

  LockModel() {}

  /**
   * Who holds the lock, and what its token is.
   *
   * @param holder empty if it is free
   * @param token the last token that was given; if that is not known, the least it can be
   */
  public record State(String holder, long token) {}

  @Override
  public State initial() {
    return new State(NOBODY, 0);
  }

  @Override
  public Optional<State> step(State state, Call call, Optional<String> result) {
    var owner = call.argument(0);
    return switch (call.name()) {
      case "acquire" ->
          state.holder().isEmpty()
              ? acquired(state, owner, result)
              : Model.expecting("false", result, state);
      case "release", "expire" ->
          state.holder().equals(owner)
              ? Model.expecting("true", result, new State(NOBODY, state.token()))
              : Model.expecting("false", result, state);
      default -> throw Model.noSuchCall(call);
    };
  }

  private static Optional<State> acquired(State state, String owner, Optional<String> result) {
    if (result.isEmpty()) {
      return Optional.of(new State(owner, state.token() + 1));
    }
    if (result.get().equals("false")) {
      return Optional.empty();
    }
    long token = Long.parseLong(result.get());
    return token > state.token() ? Optional.of(new State(owner, token)) : Optional.empty();
  }

  @Override
  public boolean isReadOnly(Call call, String result) {
    return result.equals("false");
  }

  @Override
  public String part(Call call) {
    return call.key();
  }
}
