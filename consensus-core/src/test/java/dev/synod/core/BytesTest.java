package dev.synod.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("Immutable bytes")
class BytesTest {

  @Test
  @DisplayName("equal by content, wherever the slice lies")
  void equalByContent() {
    var slice = Bytes.wrap(new byte[] {9, 1, 2, 9}, 1, 2);
    var whole = Bytes.wrap(new byte[] {1, 2});

    assertThat(slice).isEqualTo(whole).hasSameHashCodeAs(whole).hasToString("2 bytes");
    assertThat(slice).isNotEqualTo(Bytes.wrap(new byte[] {1, 3})).isNotEqualTo("x");
    assertThat(Bytes.wrap(new byte[0])).isSameAs(Bytes.EMPTY);
    assertThat(Bytes.wrap(new byte[3], 1, 0)).isSameAs(Bytes.EMPTY);
  }

  @ParameterizedTest
  @CsvSource({"-1,1", "0,-1", "0,4", "3,1", "2147483647,1", "1,2147483647"})
  @DisplayName("a slice that leaves its array is refused")
  void slicesStayInside(int offset, int length) {
    assertThatThrownBy(() -> Bytes.wrap(new byte[3], offset, length))
        .isInstanceOf(IndexOutOfBoundsException.class);
  }

  @ParameterizedTest
  @ValueSource(ints = {-1, 2})
  @DisplayName("a byte outside is refused, though the array goes on")
  void bytesStayInside(int index) {
    var slice = Bytes.wrap(new byte[] {9, 1, 2, 9}, 1, 2);

    assertThat(slice.at(1)).isEqualTo((byte) 2);
    assertThatThrownBy(() -> slice.at(index)).isInstanceOf(IndexOutOfBoundsException.class);
  }

  @Test
  @DisplayName("goes out and in by buffers; the view can't be written to")
  void buffers() {
    var slice = Bytes.wrap(new byte[] {9, 1, 2, 9}, 1, 2);
    var buffer = ByteBuffer.allocate(2);

    slice.writeTo(buffer);

    assertThat(Bytes.copyFrom(buffer.flip(), 2)).isEqualTo(slice);
    assertThat(slice.asBuffer().remaining()).isEqualTo(2);
    assertThat(slice.asBuffer().isReadOnly()).isTrue();
    assertThat(slice.toArray()).containsExactly(1, 2);
  }

  @Test
  @DisplayName("text goes in and out as UTF-8")
  void text() {
    assertThat(Bytes.utf8("größer").asUtf8()).isEqualTo("größer");
    assertThat(Bytes.utf8("größer").length()).isEqualTo(8);
  }

  @Test
  @DisplayName("a checksum sees the slice only")
  void checksums() {
    var slice = new CRC32C();
    Bytes.wrap(new byte[] {9, 1, 2, 9}, 1, 2).addTo(slice);
    var whole = new CRC32C();
    whole.update(new byte[] {1, 2});

    assertThat(slice.getValue()).isEqualTo(whole.getValue());
  }
}
