package dev.synod.actors.meters;

import dev.synod.core.GroupId;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Metrics;
import io.micrometer.core.instrument.Timer;
import java.util.concurrent.TimeUnit;

/**
 * Measurements as Micrometer meters, all named {@code synod.…}. Loaded only if Micrometer is on the
 * class path.
 */
public final class MicrometerMeters implements Meters {

  private final MeterRegistry registry;

  /** Meters of that registry. */
  public MicrometerMeters(MeterRegistry registry) {
    this.registry = registry;
  }

  /** Meters of Micrometer's global registry, to which an application adds its own. */
  public static Meters global() {
    return new MicrometerMeters(Metrics.globalRegistry);
  }

  @Override
  public ReplicaMeters replica(GroupId group) {
    return new MicrometerReplicaMeters(registry, group);
  }

  @Override
  public ClientMeters client(GroupId group) {
    return new MicrometerClientMeters(registry, group);
  }

  @Override
  public ChannelMeters channels() {
    return new MicrometerChannelMeters(registry);
  }

  @Override
  public LogMeters log() {
    var sync =
        Timer.builder("synod.log.sync")
            .description("write and force of one batch")
            .register(registry);
    var records =
        DistributionSummary.builder("synod.log.batch.records")
            .description("records of all groups in one batch")
            .register(registry);
    var bytes =
        DistributionSummary.builder("synod.log.batch.bytes")
            .description("size of one batch")
            .baseUnit("bytes")
            .register(registry);
    return (count, size, nanos) -> {
      sync.record(nanos, TimeUnit.NANOSECONDS);
      records.record(count);
      bytes.record((double) size);
    };
  }
}
