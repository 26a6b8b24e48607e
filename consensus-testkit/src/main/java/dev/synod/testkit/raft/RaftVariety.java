package dev.synod.testkit.raft;

import dev.synod.raft.Raft;
import dev.synod.testkit.cluster.GroupSettings;
import dev.synod.testkit.cluster.Variety;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Raft groups with {@linkplain Variety settings drawn} from the seed. */
public final class RaftVariety {

  private static final Map<String, List<Object>> CHOICES = new LinkedHashMap<>();

  static {
    choices("raft.snapshot-after-entries", 7, 60, 100_000);
    choices("raft.snapshot-tail-entries", 0, 5, 40);
    choices("raft.entries-per-append-max", 1, 3, 1024);
    choices("raft.appends-in-flight-max", 1, 2, 8);
    choices("raft.gated-effects-max", 4, 4096);
    choices("raft.proposals-pending-max", 3, 16_384);
    choices("raft.reads-pending-max", 2, 16_384);
    choices("raft.entries-per-apply-max", 1, 4);
    choices("raft.entries-ahead-max", 4, 8192);
    choices("raft.session-timeout", "1s", "5s", "5 minutes");
  }

  private RaftVariety() {}

  /** The group of that seed. */
  public static GroupSettings of(long seed, int nodes) {
    return new Variety(Raft.protocol(), new RaftLens(), CHOICES).of(seed, nodes);
  }

  private static void choices(String name, Object... values) {
    CHOICES.put(name, List.of(values));
  }
}
