package dev.synod.actors.meters;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.concurrent.atomic.AtomicInteger;

/** The channels of a node, in Micrometer. */
final class MicrometerChannelMeters implements ChannelMeters {

  private final AtomicInteger open = new AtomicInteger();
  private final Counter dropped;

  MicrometerChannelMeters(MeterRegistry registry) {
    Gauge.builder("synod.channel.open", open, AtomicInteger::get)
        .description("nodes to which messages go by a channel")
        .strongReference(true)
        .register(registry);
    dropped =
        Counter.builder("synod.channel.dropped")
            .description("messages that a slow channel could not take")
            .register(registry);
  }

  @Override
  public void opened() {
    open.incrementAndGet();
  }

  @Override
  public void closed() {
    open.decrementAndGet();
  }

  @Override
  public void dropped() {
    dropped.increment();
  }
}
