package dev.synod.testkit.cluster;

import dev.synod.actors.Protocol;
import dev.synod.testkit.invariant.Watch;

/** Makes the shipped parts visible to a watch. */
public final class Observed {

  private Observed() {}

  /** The protocol as it is, on that node, with a log and meters that tell the watch. */
  public static Protocol protocol(Protocol protocol, String node, Lens lens, Watch watch) {
    return new ObservedProtocol(protocol, node, lens, watch);
  }
}
