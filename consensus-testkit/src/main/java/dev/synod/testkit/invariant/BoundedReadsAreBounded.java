package dev.synod.testkit.invariant;

import dev.synod.testkit.invariant.Change.BoundedRead;
import java.util.Optional;

/** A bounded read sees all that was acknowledged longer ago than it may lag. */
public final class BoundedReadsAreBounded implements Invariant {

  @Override
  public String name() {
    return "bounded reads lag no more than they may";
  }

  @Override
  public Optional<String> after(Change change, GroupView group) {
    if (change instanceof BoundedRead read && read.saw() < read.least()) {
      return Optional.of(
          "a bounded read from %s saw commands up to %d, though %d was acknowledged long before"
              .formatted(read.node(), read.saw(), read.least()));
    }
    return HOLDS;
  }
}
