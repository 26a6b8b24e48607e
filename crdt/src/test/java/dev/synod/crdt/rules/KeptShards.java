package dev.synod.crdt.rules;

import dev.synod.crdt.clock.ReplicaId;
import dev.synod.crdt.protocol.KeptRecord;
import dev.synod.crdt.wire.RecordCodec;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** What replicas of shards have written down, as bytes and back. */
final class KeptShards {

  private static final int CHUNK_BYTES = 50;

  private final Map<ReplicaId, List<KeptRecord>> records = new HashMap<>();
  private final List<Family<?>> families;
  private final Limits limits;
  private final ShardFault fault;

  KeptShards(List<Family<?>> families, Limits limits, ShardFault fault) {
    this.families = families;
    this.limits = limits;
    this.fault = fault;
  }

  void took(Replication before, Step step) {
    Recording.of(before, step).map(this::kept).ifPresent(of(before)::add);
  }

  private List<KeptRecord> of(Replication replica) {
    return records.computeIfAbsent(replica.self(), id -> new ArrayList<>());
  }

  private KeptRecord kept(KeptRecord record) {
    var read = RecordCodec.decode(RecordCodec.encode(record));
    if (fault != ShardFault.RECOVERS_WITHOUT) {
      return read;
    } else if (read instanceof KeptRecord.Own own) {
      return new KeptRecord.Own(own.number(), own.key(), own.after(), own.delta());
    } else if (read instanceof KeptRecord.Merged merged) {
      return new KeptRecord.Merged(merged.values(), merged.merged());
    }
    return read;
  }

  /** The replica as its records say, sometimes with a snapshot in their place. */
  Replication recovered(Replication before, Shard shard, Random random) {
    var kept = of(before);
    if (random.nextBoolean()) {
      kept.clear();
      Recording.snapshot(before, Inheritance.NONE, CHUNK_BYTES, record -> kept.add(kept(record)));
    }
    var recovery = Recovery.of(before.self(), families, limits).of(shard);
    for (var record : kept) {
      recovery = recovery.with(record);
    }
    return recovery.replication(before.questions() + 1_000_000);
  }
}
