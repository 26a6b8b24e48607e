package dev.synod.testkit.invariant;

import dev.synod.testkit.invariant.Change.Read;
import java.util.Optional;

/** A linearizable read sees all that was acknowledged before it was asked (thesis §6.4). */
public final class ReadsSeeAcknowledged implements Invariant {

  @Override
  public String name() {
    return "linearizable reads see what was acknowledged";
  }

  @Override
  public Optional<String> after(Change change, GroupView group) {
    if (change instanceof Read read && read.saw() < read.least()) {
      return Optional.of(
          "a read from %s saw commands up to %d, though %d was acknowledged before it was asked"
              .formatted(read.node(), read.saw(), read.least()));
    }
    return HOLDS;
  }
}
