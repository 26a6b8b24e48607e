package dev.synod.core;

import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * A wish to change who belongs to a group (Ongaro and Ousterhout 2014, §6).
 *
 * @param id by which a repeated request is known
 * @param expected the version of the configuration that the administrator has seen: two of them
 *     can't cross
 * @param newcomers where those are that the configuration does not know yet
 */
public record ChangeRequest(
    UUID id, long expected, List<MembershipChange> changes, List<Member> newcomers) {

  public ChangeRequest {
    changes = List.copyOf(changes);
    newcomers = List.copyOf(newcomers);
  }

  /** Whether that configuration has come about by this very request. */
  public boolean hasLedTo(Configuration configuration) {
    return configuration.change().equals(Optional.of(id));
  }

  /**
   * The membership to reach.
   *
   * @throws IllegalArgumentException if there can be no such membership
   */
  Membership goalFrom(Membership now) {
    return now.enterJoint(changes).leaveJoint();
  }
}
