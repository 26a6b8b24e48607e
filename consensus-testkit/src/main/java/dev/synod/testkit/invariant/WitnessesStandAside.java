package dev.synod.testkit.invariant;

import dev.synod.testkit.invariant.Change.Applied;
import dev.synod.testkit.invariant.Change.Leads;
import dev.synod.testkit.invariant.Change.Restored;
import java.util.Optional;

/** A witness never leads, and has no state that commands or a snapshot could have made. */
public final class WitnessesStandAside implements Invariant {

  @Override
  public String name() {
    return "a witness neither leads nor has a state";
  }

  @Override
  public Optional<String> after(Change change, GroupView group) {
    boolean concerns =
        change instanceof Leads || change instanceof Applied || change instanceof Restored;
    return concerns && group.isWitness(group.replica(change.node()))
        ? Optional.of(change.node() + " is a witness, but " + change)
        : HOLDS;
  }
}
