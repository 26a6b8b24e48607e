package dev.synod.testkit.lab.silence;

import dev.synod.log.disk.MemoryDisk.Tear;
import dev.synod.testkit.fault.Fault;
import dev.synod.testkit.fault.Schedule;
import dev.synod.testkit.fault.TimedFault;
import dev.synod.testkit.lab.LabWorld;
import dev.synod.testkit.world.LinkQuality;
import java.time.Duration;

/** Why a client hears nothing. To the client they are all the same. */
enum Silence {
  REQUEST_LOST,
  REQUEST_QUEUED,
  SERVER_DEAD,
  SERVER_PAUSED,
  REPLY_LOST,
  REPLY_LATE;

  /** When the request leaves, after the schedule began. */
  static final Duration ASKED = Duration.ofMillis(1);

  private static final Duration ENDS = Duration.ofSeconds(5);
  private static final LinkQuality CONGESTED =
      new LinkQuality(Duration.ofSeconds(4), Duration.ZERO, 0, 0, 0);

  /**
   * What must go wrong, for a request that takes a millisecond to the server and 10 milliseconds
   * there.
   */
  Schedule between(String client, String server) {
    return switch (this) {
      case REQUEST_LOST -> from(Duration.ZERO, ENDS, new Fault.OneWay(client, server));
      case REQUEST_QUEUED -> from(Duration.ZERO, Duration.ofMillis(3), congested());
      case SERVER_DEAD -> from(Duration.ZERO, ENDS, new Fault.Crash(server, Tear.NOTHING_KEPT));
      case SERVER_PAUSED -> from(Duration.ZERO, ENDS, new Fault.Freeze(server));
      case REPLY_LOST -> from(Duration.ZERO, ENDS, new Fault.OneWay(server, client));
      case REPLY_LATE -> from(Duration.ofMillis(5), ENDS, congested());
    };
  }

  private static Fault congested() {
    return new Fault.BadNetwork(CONGESTED, LabWorld.STEADY);
  }

  private static Schedule from(Duration at, Duration lasting, Fault fault) {
    return Schedule.of(new TimedFault(at, lasting, fault));
  }
}
