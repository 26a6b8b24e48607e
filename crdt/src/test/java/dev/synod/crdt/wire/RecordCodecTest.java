package dev.synod.crdt.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.synod.core.Bytes;
import dev.synod.crdt.CausalToken;
import dev.synod.crdt.clock.Dot;
import dev.synod.crdt.clock.ReplicaId;
import dev.synod.crdt.clock.VersionVector;
import dev.synod.crdt.protocol.KeptRecord;
import dev.synod.crdt.protocol.KeptRecord.Anew;
import dev.synod.crdt.protocol.KeptRecord.Became;
import dev.synod.crdt.protocol.KeptRecord.Inherits;
import dev.synod.crdt.protocol.KeptRecord.Joined;
import dev.synod.crdt.protocol.KeptRecord.KeyedChange;
import dev.synod.crdt.protocol.KeptRecord.Mark;
import dev.synod.crdt.protocol.KeptRecord.Merged;
import dev.synod.crdt.protocol.KeptRecord.Origin;
import dev.synod.crdt.protocol.KeptRecord.Own;
import dev.synod.crdt.protocol.KeptRecord.Stood;
import dev.synod.crdt.protocol.KeptRecord.Unsettled;
import dev.synod.crdt.protocol.ReplicationMessage.KeyedValue;
import dev.synod.crdt.protocol.Standing;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Records of a replica")
class RecordCodecTest {

  private static final VersionVector VERSION =
      VersionVector.of(new ReplicaId(1), 3).with(new Dot(new ReplicaId(300), 70_000));

  private static final Standing STANDING =
      new Standing(
          9,
          3,
          6,
          VERSION,
          new TreeMap<>(Map.of("n", new ReplicaId(5))),
          new TreeSet<>(Set.of(new ReplicaId(4))),
          VersionVector.of(new ReplicaId(2), 7),
          1);

  /** As format 1 has them; never to be changed. */
  private static final Map<String, KeptRecord> SAMPLES =
      Map.of(
          "0160ac02",
          new Origin(300),
          "016105016b020103aa02f0a20400",
          new Own(5, "k", VERSION, Bytes.EMPTY),
          "016201016b020103aa02f0a20401760101ac02",
          new Merged(
              List.of(new KeyedValue("k", VERSION, Bytes.utf8("v"))),
              VersionVector.of(new ReplicaId(1), 300)),
          "0163090306020103aa02f0a20401016e05010401020701",
          new Stood(STANDING),
          "016405090306020103aa02f0a20401016e05010401020701ac0201016b0176",
          new Became(
              new ReplicaId(5), STANDING, 300, List.of(new KeyedChange("k", Bytes.utf8("v")))),
          "016505016b020103aa02f0a2040176",
          new Anew(new Own(5, "k", VERSION, Bytes.utf8("v"))),
          "01680200020103aa02f0a204ac0205016b020103aa02f0a20400",
          new Own(5, "k", VERSION, CausalToken.of(1, VERSION), 300, Bytes.EMPTY),
          "016800ac0205016b020103aa02f0a20400",
          new Own(5, "k", VERSION, CausalToken.NONE, 300, Bytes.EMPTY),
          "016901016b020103aa02f0a20401760101ac020200020103aa02f0a204",
          new Merged(
              List.of(new KeyedValue("k", VERSION, Bytes.utf8("v"))),
              VersionVector.of(new ReplicaId(1), 300),
              CausalToken.of(1, VERSION)));

  /** The same of what came later. */
  private static final Map<String, KeptRecord> LATER =
      Map.of(
          "016aac0201016b0176ad020202020301ac0201ad02",
          new Unsettled(
              300,
              List.of(
                  new Joined(
                      new KeyedChange("k", Bytes.utf8("v")),
                      301,
                      2,
                      List.of(
                          new Mark(new Dot(new ReplicaId(2), 3), 1),
                          new Mark(new Dot(new ReplicaId(300), 1), 301))))),
          "016b01016b0176",
          new Inherits(List.of(new KeyedChange("k", Bytes.utf8("v")))),
          "016c03020103aa02f0a204ac0205090306020103aa02f0a20401016e05010401020701ac0201016b0176",
          new Became(
              new ReplicaId(5),
              STANDING,
              300,
              3,
              VERSION,
              300,
              List.of(new KeyedChange("k", Bytes.utf8("v")))));

  private static Map<String, KeptRecord> all() {
    var all = new TreeMap<>(SAMPLES);
    all.putAll(LATER);
    return all;
  }

  @Test
  @DisplayName("are written as the kept samples say, and read again")
  void golden() {
    all()
        .forEach(
            (hex, kept) -> {
              assertThat(HexFormat.of().formatHex(RecordCodec.encode(kept).toArray()))
                  .isEqualTo(hex);
              assertThat(RecordCodec.decode(RecordCodec.encode(kept))).isEqualTo(kept);
            });
  }

  @Test
  @DisplayName("that are damaged are refused in words, or mean what exactly these bytes say")
  void damaged() {
    var random = new Random(7);
    for (var kept : all().values()) {
      for (int i = 0; i < 5000; i++) {
        byte[] bytes = RecordCodec.encode(kept).toArray().clone();
        int at = random.nextInt(bytes.length);
        switch (random.nextInt(3)) {
          case 0 -> bytes[at] ^= (byte) (1 << random.nextInt(8));
          case 1 -> bytes = Arrays.copyOf(bytes, random.nextInt(bytes.length + 3));
          default -> Arrays.fill(bytes, at, Math.min(bytes.length, at + 5), (byte) 0xFF);
        }
        try {
          var read = RecordCodec.decode(Bytes.wrap(bytes));
          assertThat(RecordCodec.encode(read)).isEqualTo(Bytes.wrap(bytes));
        } catch (IllegalArgumentException e) {
          assertThat(e.getMessage()).isNotBlank();
        }
      }
    }
  }

  @Test
  @DisplayName("of another version or kind are refused")
  void refused() {
    refused("0260", "of version 2");
    refused("0120", "of unknown kind 32");
    refused("016c000000", "an heir of nothing");
    refused("01600100", "bytes follow the end");
    refused("016000", "from 1");
    refused("01640500000000000000" + "00" + "ffffffffffffffff7f" + "00", "too high");
  }

  private static void refused(String hex, String reason) {
    assertThatThrownBy(() -> RecordCodec.decode(Bytes.wrap(HexFormat.of().parseHex(hex))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(reason);
  }
}
