package dev.synod.testkit.paxos;

import dev.synod.paxos.Paxos;
import dev.synod.paxos.QuorumSystem;
import dev.synod.testkit.cluster.GroupSettings;
import dev.synod.testkit.cluster.Variety;
import dev.synod.testkit.engine.Draw;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Groups of Multi-Paxos with {@linkplain Variety settings drawn} from the seed. */
public final class PaxosVariety {

  private static final Map<String, List<Object>> CHOICES = new LinkedHashMap<>();

  static {
    choices("paxos.multi.snapshot-after-entries", 7, 60, 100_000);
    choices("paxos.multi.snapshot-tail-entries", 0, 5, 40);
    choices("paxos.multi.entries-per-message-max", 3, 16, 1024);
    choices("paxos.multi.gated-effects-max", 4, 4096);
    choices("paxos.multi.proposals-pending-max", 3, 16_384);
    choices("paxos.multi.reads-pending-max", 2, 16_384);
    choices("paxos.multi.entries-per-apply-max", 1, 4);
    choices("paxos.multi.entries-ahead-max", 4, 8192);
    choices("paxos.multi.session-timeout", "1s", "5s", "5 minutes");
    choices("paxos.multi.window-max", 1, 3, 4096);
  }

  private static final List<Integer> ALPHAS = List.of(1, 2, 7, 100);

  private PaxosVariety() {}

  /** The group of that seed. */
  public static GroupSettings of(long seed, int nodes) {
    return new Variety(
            Paxos.protocol(QuorumSystem.majorities(), alpha(seed)),
            new PaxosLens(QuorumSystem.majorities(), alpha(seed)),
            CHOICES)
        .of(seed, nodes);
  }

  private static int alpha(long seed) {
    var draw = Draw.of(seed, "alpha");
    return ALPHAS.get((int) draw.nextLong(ALPHAS.size()));
  }

  private static void choices(String name, Object... values) {
    CHOICES.put(name, List.of(values));
  }
}
