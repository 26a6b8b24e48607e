package dev.synod.actors.meters;

import dev.synod.core.GroupId;
import dev.synod.core.Outcome;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import java.util.EnumMap;
import java.util.Map;

/** The clients of one group, in Micrometer. */
final class MicrometerClientMeters implements ClientMeters {

  private static final String OUTCOMES = "synod.client.outcomes";

  private final Counter ok;
  private final Counter unknown;
  private final Counter retries;
  private final DistributionSummary batches;
  private final Map<Outcome.Reason, Counter> rejected = new EnumMap<>(Outcome.Reason.class);

  MicrometerClientMeters(MeterRegistry registry, GroupId group) {
    var tags = Tags.of("group", group.name());
    ok = registry.counter(OUTCOMES, tags.and("outcome", "ok", "reason", "none"));
    unknown = registry.counter(OUTCOMES, tags.and("outcome", "unknown", "reason", "none"));
    for (Outcome.Reason reason : Outcome.Reason.values()) {
      rejected.put(
          reason,
          registry.counter(OUTCOMES, tags.and("outcome", "rejected", "reason", reason.name())));
    }
    retries = registry.counter("synod.client.retries", tags);
    batches =
        DistributionSummary.builder("synod.client.batch.proposals")
            .description("proposals in one message to a leader")
            .tags(tags)
            .register(registry);
  }

  @Override
  public void succeeded() {
    ok.increment();
  }

  @Override
  public void rejected(Outcome.Reason reason) {
    var counter = rejected.get(reason);
    if (counter != null) {
      counter.increment();
    }
  }

  @Override
  public void unknown() {
    unknown.increment();
  }

  @Override
  public void retried(int requests) {
    retries.increment(requests);
  }

  @Override
  public void batched(int proposals) {
    batches.record(proposals);
  }
}
