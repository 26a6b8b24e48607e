package dev.synod.crdt.registry;

import dev.synod.core.StateMachine;
import dev.synod.crdt.protocol.Standing;
import dev.synod.crdt.registry.RegistryCommand.Enrol;
import dev.synod.crdt.registry.RegistryCommand.Evict;
import dev.synod.crdt.registry.RegistryCommand.Report;

/** A {@link Registry} as what a group replicates. */
public final class RegistryMachine implements StateMachine<RegistryCommand, Standing, Registry> {

  private Registry registry = Registry.EMPTY;

  @Override
  public Standing apply(RegistryCommand command, Context context) {
    if (command instanceof Enrol enrol) {
      registry = registry.enrol(enrol.node(), enrol.start());
    } else if (command instanceof Evict evict) {
      registry = registry.evict(evict.node());
    } else if (command instanceof Report report) {
      registry = registry.report(report.by(), report.standing(), report.merged());
    }
    return registry.standing();
  }

  @Override
  public Standing query(RegistryCommand query) {
    return registry.standing();
  }

  @Override
  public Registry snapshot() {
    return registry;
  }

  @Override
  public void restore(Registry state) {
    registry = state;
  }
}
