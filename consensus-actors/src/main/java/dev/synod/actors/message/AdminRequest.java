package dev.synod.actors.message;

import dev.synod.core.Configuration;
import dev.synod.core.Member;
import dev.synod.core.MembershipChange;
import java.util.List;
import java.util.UUID;

/**
 * What an administrator asks of a group's leader, as a {@link ClientMessage.Question}: it may be
 * asked again and again, and does its work once. The answer to each is a {@link
 * CurrentConfiguration}.
 */
public sealed interface AdminRequest extends WireMessage {

  /** The answer: who belongs to the group now. */
  record CurrentConfiguration(Configuration configuration) implements WireMessage {}

  /** Who belongs to the group? */
  record GetConfiguration() implements AdminRequest {}

  /**
   * Change who belongs to the group; answered when all of it is done and committed.
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
