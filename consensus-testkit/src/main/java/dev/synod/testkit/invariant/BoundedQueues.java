package dev.synod.testkit.invariant;

import dev.synod.testkit.invariant.Change.Queued;
import java.util.Optional;

/** No queue of a replica ever holds more than the setting that bounds it allows (DESIGN §3.8). */
public final class BoundedQueues implements Invariant {

  @Override
  public String name() {
    return "queues are bounded";
  }

  @Override
  public Optional<String> after(Change change, GroupView group) {
    return change instanceof Queued queued && queued.size() > queued.most()
        ? Optional.of(
            "%s holds %d in the queue of %s, which may hold %d"
                .formatted(queued.node(), queued.size(), queued.setting(), queued.most()))
        : HOLDS;
  }
}
