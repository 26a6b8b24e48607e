package dev.synod.core;

import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.function.ToLongFunction;

/**
 * Which sets of members may decide. Any two quorums of a group share a member: that is what makes
 * agreement last.
 */
public interface Quorum {

  /** The members that count, sorted, each once. */
  List<StoreId> members();

  /** Whether those members that agree are enough. */
  boolean isMetBy(Predicate<StoreId> agrees);

  /**
   * The highest value that a quorum has reached, where each member has reached {@code reached} and
   * all values below it. With match indexes, this is what can be committed (Raft §5.3).
   */
  long agreedValue(ToLongFunction<StoreId> reached);

  /** Whether it makes a difference what that member says: who weighs nothing makes none. */
  default boolean counts(StoreId member) {
    return members().contains(member);
  }

  /** What these answers come to; who is not among them has not answered yet. */
  default VoteResult result(Map<StoreId, Boolean> answers) {
    if (isMetBy(voter -> answers.getOrDefault(voter, false))) {
      return VoteResult.WON;
    }
    return isMetBy(voter -> answers.getOrDefault(voter, true))
        ? VoteResult.PENDING
        : VoteResult.LOST;
  }
}
