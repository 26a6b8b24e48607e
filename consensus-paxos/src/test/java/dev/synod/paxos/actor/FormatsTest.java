package dev.synod.paxos.actor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.synod.core.Bytes;
import dev.synod.core.StoreId;
import dev.synod.paxos.protocol.Ballot;
import dev.synod.paxos.protocol.Vote;
import dev.synod.paxos.rules.Content;
import dev.synod.paxos.rules.Written;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@DisplayName("What roles of Paxos keep on disk")
class FormatsTest {

  private static final Ballot BALLOT = new Ballot(5, StoreId.of(2));
  private static final Ballot LOWER = new Ballot(4, StoreId.of(3));
  private static final String LOWER_HEX = "0000000000000004" + "0".repeat(31) + "3";
  private static final String BALLOT_HEX = "0000000000000005" + "0".repeat(31) + "2";

  static Stream<Written<Content>> written() {
    return Stream.of(
        new Written.Promised<>(BALLOT),
        new Written.Voted<>(new Vote<>(BALLOT, Content.NOTHING)),
        new Written.Voted<>(new Vote<>(BALLOT, Content.of(Bytes.EMPTY))),
        new Written.Voted<>(new Vote<>(BALLOT, Content.of(Bytes.utf8("value")))),
        new Written.Kept<>(BALLOT, new Vote<>(LOWER, Content.NOTHING)),
        new Written.Kept<>(BALLOT, new Vote<>(LOWER, Content.of(Bytes.utf8("value")))));
  }

  @ParameterizedTest
  @MethodSource("written")
  @DisplayName("is read as it was written")
  void roundTrip(Written<Content> written) {
    assertThat(EntryFormat.decode(EntryFormat.encode("ключ", written)))
        .isEqualTo(new EntryFormat.Keyed("ключ", written));
  }

  @Test
  @DisplayName("a key takes as many bytes as its text in UTF-8, and half a character is no text")
  void keys() {
    for (String key : List.of("", "k", "ключ", "€uro", "a𝄞b", "𝄞")) {
      assertThat(EntryFormat.lengthOf(key)).isEqualTo(Bytes.utf8(key).length());
    }
    for (String half : List.of("\uD834", "a\uD834b", "\uDD1E\uD834", "𝄞\uDD1E")) {
      assertThat(EntryFormat.lengthOf(half)).isNegative();
    }
  }

  @Test
  @DisplayName("is laid out as it says: that never changes")
  void layout() {
    var vote = new Written.Voted<>(new Vote<>(BALLOT, Content.of(Bytes.utf8("v"))));

    assertThat(hex(EntryFormat.encode("k", vote))).isEqualTo("0102" + BALLOT_HEX + "00016b76");
    assertThat(hex(EntryFormat.encode("k", new Written.Promised<>(BALLOT))))
        .isEqualTo("0100" + BALLOT_HEX + "00016b");
    var kept = new Written.Kept<>(BALLOT, new Vote<>(LOWER, Content.of(Bytes.utf8("v"))));
    assertThat(hex(EntryFormat.encode("k", kept)))
        .isEqualTo("0104" + BALLOT_HEX + "00016b" + LOWER_HEX + "76");
    assertThat(hex(RoundsFormat.encode(258))).isEqualTo("010000000000000102");
    assertThat(RoundsFormat.decode(RoundsFormat.encode(258))).isEqualTo(258);
  }

  @Test
  @DisplayName("is refused with a reason if it is damaged or newer")
  void damaged() {
    refused("", "too short");
    refused("0202" + BALLOT_HEX + "00016b76", "of version 2");
    refused("0107" + BALLOT_HEX + "00016b", "of unknown kind 7");
    refused("0100" + BALLOT_HEX + "00016b76", "of kind 0 has a value");
    refused("0103" + BALLOT_HEX + "00016b" + LOWER_HEX + "76", "of kind 3 has a value");
    refused("0104" + BALLOT_HEX + "00016b" + "76", "ends 1 bytes after its key");
    refused("0104" + LOWER_HEX + "00016b" + BALLOT_HEX, "vote after its promise");
    refused("0102" + BALLOT_HEX + "0009" + "6b76", "with a key of 9 bytes");
    refused("0102" + BALLOT_HEX + "0000" + "6b76", "with a key of 0 bytes");
    refused("0100" + "f".repeat(16) + BALLOT_HEX.substring(16) + "00016b", "of round -1");
    assertThatThrownBy(() -> RoundsFormat.decode(Bytes.utf8("x")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("a proposer's rounds in 1 bytes");
    assertThatThrownBy(() -> RoundsFormat.decode(RoundsFormat.encode(-1)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static void refused(String hex, String reason) {
    assertThatThrownBy(() -> EntryFormat.decode(Bytes.wrap(HexFormat.of().parseHex(hex))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(reason);
  }

  private static String hex(Bytes bytes) {
    return HexFormat.of().formatHex(bytes.toArray());
  }
}
