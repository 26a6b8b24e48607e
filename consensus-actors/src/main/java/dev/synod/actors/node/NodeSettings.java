package dev.synod.actors.node;

import com.typesafe.config.Config;
import dev.synod.actors.settings.Section;
import java.time.Duration;
import java.util.Set;

/**
 * How a node meets others and stops, checked on construction: an instance that exists is valid.
 *
 * @param helloInterval the first pause before members that were not met are greeted again
 * @param helloIntervalMax pauses between greetings double up to this
 * @param greetedGroupsMax groups greeted for at once; the others have their turn after the next
 *     pause
 * @param readmission whether a replica in memory that starts again asks its group to be let in
 *     again, in place of the one that was here before; else an administrator does
 * @param statusTimeout a replica that does not tell its status for so long is reported as silent
 * @param stopTimeout how long replicas have to hand over before the node stops; below the timeout
 *     of the phase {@code before-cluster-shutdown} of coordinated shutdown
 */
public record NodeSettings(
    Duration helloInterval,
    Duration helloIntervalMax,
    int greetedGroupsMax,
    boolean readmission,
    Duration statusTimeout,
    Duration stopTimeout) {

  static final String PATH = "synod.node";

  /** What a running node takes anew, of this section. */
  static final Set<String> CHANGEABLE =
      Set.of(
          "hello-interval",
          "hello-interval-max",
          "greeted-groups-max",
          "readmission",
          "status-timeout",
          "stop-timeout");

  public NodeSettings {
    var section = new Section(PATH);
    section.positive("hello-interval", helloInterval);
    section.ascending("hello-interval", helloInterval, "hello-interval-max", helloIntervalMax);
    section.atLeast("greeted-groups-max", greetedGroupsMax, 1);
    section.positive("status-timeout", statusTimeout);
    section.positive("stop-timeout", stopTimeout);
  }

  /** Reads the section {@code synod.node}. */
  public static NodeSettings from(Config node) {
    return new NodeSettings(
        node.getDuration("hello-interval"),
        node.getDuration("hello-interval-max"),
        node.getInt("greeted-groups-max"),
        node.getBoolean("readmission"),
        node.getDuration("status-timeout"),
        node.getDuration("stop-timeout"));
  }
}
