package dev.synod.actors.replica;

import dev.synod.core.ChangeRequest;
import dev.synod.core.Memberships;
import dev.synod.core.Objection;
import dev.synod.core.StoreId;
import java.util.Optional;

/**
 * A leader as administrators see it, whatever its protocol, where the newest configuration of its
 * log counts.
 *
 * @param <S> what it does next
 */
public interface Leadership<S> {

  StoreId self();

  /** The number of this leadership. */
  long number();

  Memberships memberships();

  long commitIndex();

  /** Whether another one is to lead, and this one appends nothing until that one does. */
  boolean isHandingOver();

  /** Why that change of members can't begin now; empty if it can. */
  Optional<Objection> objectionTo(ChangeRequest request);

  /** Begins a change to which there is no objection. */
  S change(ChangeRequest request);

  /** Who should lead next, if nobody says who; empty if nobody can. */
  Optional<StoreId> bestSuccessor();

  /** Why leadership can't be handed to that server now; empty if it can. */
  Optional<Objection> objectionToTransfer(StoreId to);

  /**
   * Begins to hand over to a server to which there is no objection.
   *
   * @param checks of the quorum after which this leader leads on if that one has not taken over
   */
  S transfer(StoreId to, int checks);
}
