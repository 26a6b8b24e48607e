package dev.synod.testkit.zab;

import dev.synod.testkit.cluster.GroupSettings;
import dev.synod.testkit.cluster.Variety;
import dev.synod.zab.Zab;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Groups of ZAB with {@linkplain Variety settings drawn} from the seed. */
public final class ZabVariety {

  private static final Map<String, List<Object>> CHOICES = new LinkedHashMap<>();

  static {
    choices("zab.snapshot-after-entries", 7, 60, 100_000);
    choices("zab.snapshot-tail-entries", 0, 5, 40);
    choices("zab.entries-per-propose-max", 1, 3, 1024);
    choices("zab.entries-in-flight-max", 3, 12, 8192);
    choices("zab.gated-effects-max", 4, 4096);
    choices("zab.proposals-pending-max", 3, 16_384);
    choices("zab.reads-pending-max", 2, 16_384);
    choices("zab.entries-per-apply-max", 1, 4);
    choices("zab.entries-ahead-max", 4, 8192);
    choices("zab.session-timeout", "1s", "5s", "5 minutes");
    choices("zab.finalize-wait", "5ms", "20ms", "100ms");
  }

  private ZabVariety() {}

  /** The group of that seed. */
  public static GroupSettings of(long seed, int nodes) {
    return new Variety(Zab.protocol(), new ZabLens(), CHOICES).of(seed, nodes);
  }

  private static void choices(String name, Object... values) {
    CHOICES.put(name, List.of(values));
  }
}
