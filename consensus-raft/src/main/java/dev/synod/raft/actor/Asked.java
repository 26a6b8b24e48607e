package dev.synod.raft.actor;

import dev.synod.actors.replica.Leadership;
import dev.synod.core.ChangeRequest;
import dev.synod.core.Memberships;
import dev.synod.core.Objection;
import dev.synod.core.StoreId;
import dev.synod.raft.rules.Leader;
import dev.synod.raft.rules.Role;
import dev.synod.raft.rules.Step;
import java.util.Optional;

/** A leader as administrators see it. */
record Asked(Leader leader) implements Leadership<Step> {

  /** While a server hands over, and while it knows no leader, it does not go. */
  static boolean isNeeded(Role role) {
    return role instanceof Leader leads ? !leads.takesProposals() : role.leader().isEmpty();
  }

  @Override
  public StoreId self() {
    return leader.self();
  }

  @Override
  public long number() {
    return leader.term().number();
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
    return !leader.takesProposals();
  }

  @Override
  public Optional<Objection> objectionTo(ChangeRequest request) {
    return leader.objectionTo(request);
  }

  @Override
  public Step change(ChangeRequest request) {
    return leader.change(request);
  }

  @Override
  public Optional<StoreId> bestSuccessor() {
    return leader.bestSuccessor();
  }

  @Override
  public Optional<Objection> objectionToTransfer(StoreId to) {
    return leader.objectionToTransfer(to);
  }

  @Override
  public Step transfer(StoreId to, int checks) {
    return leader.transfer(to, checks);
  }
}
