package dev.synod.zab.actor;

import dev.synod.actors.replica.Leadership;
import dev.synod.core.ChangeRequest;
import dev.synod.core.Memberships;
import dev.synod.core.Objection;
import dev.synod.core.StoreId;
import dev.synod.zab.rules.Handover;
import dev.synod.zab.rules.Leading;
import dev.synod.zab.rules.Phase;
import dev.synod.zab.rules.Reconfiguration;
import dev.synod.zab.rules.Role;
import dev.synod.zab.rules.Step;
import java.util.Optional;

/** A leader as administrators see it. */
record Asked(Leading leader) implements Leadership<Step> {

  /** While a server hands over, and while no leader serves it, it does not go. */
  static boolean isNeeded(Role role) {
    return role instanceof Leading leads
        ? leads.tenure().handover().isPresent()
        : role.phase() != Phase.BROADCAST;
  }

  @Override
  public StoreId self() {
    return leader.self();
  }

  @Override
  public long number() {
    return leader.epochs().accepted().number();
  }

  @Override
  public Memberships memberships() {
    return leader.server().memberships();
  }

  @Override
  public long commitIndex() {
    return leader.commitIndex();
  }

  @Override
  public boolean isHandingOver() {
    return leader.tenure().handover().isPresent();
  }

  @Override
  public Optional<Objection> objectionTo(ChangeRequest request) {
    return Reconfiguration.objection(leader, request);
  }

  @Override
  public Step change(ChangeRequest request) {
    return Reconfiguration.begin(leader, request);
  }

  @Override
  public Optional<StoreId> bestSuccessor() {
    return leader.tenure().handover().map(Handover::to).or(() -> Handover.best(leader));
  }

  @Override
  public Optional<Objection> objectionToTransfer(StoreId to) {
    return Handover.objection(leader, to);
  }

  @Override
  public Step transfer(StoreId to, int checks) {
    return Handover.begin(leader, to, checks);
  }
}
