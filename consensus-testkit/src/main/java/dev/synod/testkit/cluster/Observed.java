package dev.synod.testkit.cluster;

import com.typesafe.config.Config;
import dev.synod.actors.Protocol;
import dev.synod.testkit.invariant.Watch;

/** Makes the shipped parts visible to a watch. */
public final class Observed {

  private Observed() {}

  /**
   * The protocol as it is, on that node, with a log and meters that tell the watch.
   *
   * @param config of the actor system
   */
  public static Protocol protocol(
      Protocol protocol, String node, Lens lens, Watch watch, Config config) {
    return new ObservedProtocol(protocol, node, lens, watch, config);
  }
}
