package dev.synod.actors.message;

import dev.synod.core.Configuration;
import dev.synod.core.Member;
import dev.synod.core.MembershipChange;
import dev.synod.core.StoreId;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * What an administrator asks of a group's leader, as a {@link ClientMessage.Question}: it may be
 * asked again and again, and does its work once.
 */
public sealed interface AdminRequest extends WireMessage {

  /** The answer about members: who belongs to the group now. */
  record CurrentConfiguration(Configuration configuration) implements WireMessage {}

  /**
   * The answer about leadership: who leads.
   *
   * @param term the number of that leadership
   */
  record CurrentLeader(Member leader, long term) implements WireMessage {}

  /** Who belongs to the group? Answered by {@link CurrentConfiguration}. */
  record GetConfiguration() implements AdminRequest {}

  /** Who leads? Answered by {@link CurrentLeader}. */
  record GetLeader() implements AdminRequest {}

  /**
   * Let another one lead. Done, and answered by {@link CurrentLeader}, when {@code away} does not
   * lead, or {@code to} does.
   *
   * @param to who is to lead; empty for whoever is best
   * @param away who leads now, as far as is known
   * @param deadlineMillis after which the leader leads on
   */
  record TransferLeadership(Optional<StoreId> to, StoreId away, long deadlineMillis)
      implements AdminRequest {

    public TransferLeadership {
      if (deadlineMillis < 1) {
        throw new IllegalArgumentException(
            "the deadline of a transfer must be at least 1 ms: " + deadlineMillis);
      }
    }

    /** Whether all is as wished if that one leads. */
    public boolean isDoneBy(StoreId leader) {
      return to.map(leader::equals).orElse(!leader.equals(away));
    }
  }

  /**
   * Change who belongs to the group; answered by {@link CurrentConfiguration} when all of it is
   * done and committed.
   *
   * @param id by which a repetition is known
   * @param expected version of the configuration that this is meant to change
   * @param newcomers where those are that the configuration does not know
   */
  record ChangeMembers(
      UUID id, long expected, List<MembershipChange> changes, List<Member> newcomers)
      implements AdminRequest {

    /** A bound on what one request may hold. */
    public static final int CHANGES_MAX = 2 * Configuration.MEMBERS_MAX;

    public ChangeMembers {
      changes = List.copyOf(changes);
      newcomers = List.copyOf(newcomers);
      if (changes.isEmpty() || changes.size() > CHANGES_MAX || newcomers.size() > CHANGES_MAX) {
        throw new IllegalArgumentException(
            "a change has 1 to %d parts, but got %d with %d newcomers"
                .formatted(CHANGES_MAX, changes.size(), newcomers.size()));
      }
    }
  }
}
