package dev.synod.zab.rules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.synod.core.Bytes;
import dev.synod.core.InvariantViolation;
import dev.synod.core.Term;
import dev.synod.zab.protocol.PeerState;
import dev.synod.zab.protocol.Zxid;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Zab §V-A: zxids and epochs")
class ZabValuesTest {

  @Test
  @DisplayName("a zxid is epoch and counter, 32 bits each, ordered by epoch first")
  void zxid() {
    var all =
        List.of(
            Zxid.ZERO,
            new Zxid(0, Zxid.MAX),
            new Zxid(1, 0),
            new Zxid(0x8000_0000L, 1),
            new Zxid(Zxid.MAX, Zxid.MAX));

    for (int i = 0; i < all.size(); i++) {
      var one = all.get(i);
      assertThat(Zxid.unpacked(one.packed())).isEqualTo(one);
      for (int j = 0; j < i; j++) {
        assertThat(one).isGreaterThan(all.get(j));
        assertThat(Long.compareUnsigned(one.packed(), all.get(j).packed())).isPositive();
      }
    }
    assertThat(new Zxid(5, 3)).hasToString("0x500000003");
    assertThatThrownBy(() -> new Zxid(1, Zxid.MAX + 1)).isInstanceOf(InvariantViolation.class);
    assertThatThrownBy(() -> new Zxid(-1, 0)).isInstanceOf(InvariantViolation.class);
  }

  @Test
  @DisplayName("epochs take 17 bytes on disk, and nothing else is taken for them")
  void epochs() {
    var epochs = new Epochs(new Term(0x0102030405L), new Term(7));

    assertThat(Epochs.decode(epochs.encode())).isEqualTo(epochs);
    assertThat(HexFormat.of().formatHex(epochs.encode().toArray()))
        .isEqualTo("0100000001020304050000000000000007");
    assertThatThrownBy(() -> Epochs.decode(Bytes.utf8("")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("17 bytes");
    assertThatThrownBy(() -> new Epochs(new Term(1), new Term(2)))
        .isInstanceOf(InvariantViolation.class);
  }

  @Test
  @DisplayName("bounds that can't work are refused")
  void limits() {
    assertThatThrownBy(() -> new ZabLimits(0, 1, 1, 1)).hasMessageContaining("propose-max (0)");
    assertThatThrownBy(() -> new ZabLimits(1, 1, 1, 0)).hasMessageContaining("counterMax");
    assertThatThrownBy(() -> PeerState.of(4)).hasMessageContaining("4");
  }
}
