package dev.synod.testkit;

import com.typesafe.config.ConfigFactory;
import dev.synod.testkit.cluster.GroupSettings;
import dev.synod.testkit.cluster.Recovery;
import java.time.Duration;

/**
 * How fast a simulated group is to notice a leader's silence.
 *
 * @param heartbeatMillis between two heartbeats
 * @param electionMillis the shortest election timeout; the longest is twice that
 */
record SimTiming(long heartbeatMillis, long electionMillis) {

  /**
   * That group with this timing.
   *
   * @param settings of the protocol: where they are
   */
  GroupSettings on(GroupSettings usual, String settings) {
    var config =
        ConfigFactory.parseString(
                """
                %s {
                  heartbeat-interval = %dms
                  election-timeout-min = %dms
                  election-timeout-max = %dms
                }
                """
                    .formatted(settings, heartbeatMillis, electionMillis, 2 * electionMillis))
            .withFallback(usual.config());
    var recovery = Recovery.raft(Duration.ofMillis(2 * electionMillis)).total();
    return new GroupSettings(
        usual.protocol(), usual.lens(), usual.nodes(), usual.requestGapMean(), recovery, config);
  }

  /** The options of {@code ./synod sim} that give this. */
  String options() {
    return " --heartbeat-ms " + heartbeatMillis + " --election-ms " + electionMillis;
  }
}
