package dev.synod.actors.meters;

import dev.synod.core.GroupId;
import dev.synod.core.NodeAddress;
import dev.synod.core.Outcome;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * One replica, in Micrometer. Gauges hold plain numbers, so reading them never touches the replica.
 */
final class MicrometerReplicaMeters implements ReplicaMeters {

  private static final String PREFIX = "synod.replica.";

  private final MeterRegistry registry;
  private final Tags tags;
  private final AtomicLong term;
  private final AtomicLong commitIndex;
  private final AtomicLong appliedIndex;
  private final Timer proposals;
  private final DistributionSummary batchEntries;
  private final DistributionSummary batchBytes;
  private final Map<String, AtomicLong> roles = new HashMap<>();
  private final Map<String, Lag> lags = new HashMap<>();
  private final Map<String, AtomicLong> queues = new HashMap<>();

  /** Those that mean nothing once the replica is gone. */
  private final List<Meter> gauges = new ArrayList<>();

  MicrometerReplicaMeters(MeterRegistry registry, GroupId group) {
    this.registry = registry;
    this.tags = Tags.of("group", group.name());
    this.term = gauge("term", tags);
    this.commitIndex = gauge("commit.index", tags);
    this.appliedIndex = gauge("applied.index", tags);
    this.proposals = Timer.builder(PREFIX + "proposal").tags(tags).register(registry);
    this.batchEntries = summary("batch.entries");
    this.batchBytes = summary("batch.bytes");
  }

  @Override
  public void role(String role) {
    roles.values().forEach(other -> other.set(0));
    roles.computeIfAbsent(role, name -> gauge("role", tags.and("role", name))).set(1);
  }

  @Override
  public void term(long number) {
    term.set(number);
  }

  @Override
  public void commitIndex(long index) {
    commitIndex.set(index);
  }

  @Override
  public void appliedIndex(long index) {
    appliedIndex.set(index);
  }

  @Override
  public void lag(NodeAddress follower, long entries) {
    lags.computeIfAbsent(follower.name(), this::lagOf).entries().set(entries);
  }

  @Override
  public void forgetLags() {
    lags.values().forEach(lag -> registry.remove(lag.gauge()));
    lags.clear();
  }

  @Override
  public void waiting(String setting, long size) {
    queues.computeIfAbsent(setting, name -> gauge("waiting", tags.and("setting", name))).set(size);
  }

  /** Gauges show sizes; the bounds are those of the configuration. */
  @Override
  public void retuned(String setting) {}

  @Override
  public void appended(int entries, long bytes) {
    batchEntries.record(entries);
    batchBytes.record((double) bytes);
  }

  @Override
  public void proposalAnswered(long nanos) {
    proposals.record(nanos, TimeUnit.NANOSECONDS);
  }

  @Override
  public void electionStarted() {
    count("elections", tags.and("result", "started"), 1);
  }

  @Override
  public void electionWon() {
    count("elections", tags.and("result", "won"), 1);
  }

  @Override
  public void rejected(Outcome.Reason reason, int count) {
    count("rejected", tags.and("reason", reason.name()), count);
  }

  @Override
  public void snapshotWritten(long bytes) {
    count("snapshot.bytes", tags.and("way", "written"), (double) bytes);
  }

  @Override
  public void snapshotSent(long bytes) {
    count("snapshot.bytes", tags.and("way", "sent"), (double) bytes);
  }

  @Override
  public void snapshotReceived(long bytes) {
    count("snapshot.bytes", tags.and("way", "received"), (double) bytes);
  }

  @Override
  public void failed() {
    count("failures", tags, 1);
  }

  @Override
  public void diverged(int replicas) {
    count("diverged", tags, replicas);
  }

  @Override
  public void close() {
    forgetLags();
    gauges.forEach(registry::remove);
    gauges.clear();
  }

  private void count(String name, Tags with, double amount) {
    registry.counter(PREFIX + name, with).increment(amount);
  }

  private DistributionSummary summary(String name) {
    return DistributionSummary.builder(PREFIX + name).tags(tags).register(registry);
  }

  private AtomicLong gauge(String name, Tags with) {
    var value = new AtomicLong();
    gauges.add(
        Gauge.builder(PREFIX + name, value, AtomicLong::get)
            .tags(with)
            .strongReference(true)
            .register(registry));
    return value;
  }

  private Lag lagOf(String follower) {
    var entries = new AtomicLong();
    var gauge =
        Gauge.builder(PREFIX + "lag", entries, AtomicLong::get)
            .tags(tags.and("follower", follower))
            .strongReference(true)
            .register(registry);
    return new Lag(entries, gauge);
  }

  private record Lag(AtomicLong entries, Meter gauge) {}
}
