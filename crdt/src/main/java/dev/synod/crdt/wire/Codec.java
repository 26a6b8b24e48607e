package dev.synod.crdt.wire;

import dev.synod.core.Bytes;
import java.util.function.BiConsumer;
import java.util.function.Function;

/**
 * How values of one type are written and read. For elements, keys and values of the application's
 * own types, make one with {@link #of}; equal values must be written alike, and a value takes at
 * least one byte. Used by several threads at once.
 *
 * @param <T> the type
 */
public interface Codec<T> {

  void write(T value, CrdtWriter writer);

  /**
   * Reads what {@link #write} wrote.
   *
   * @throws IllegalArgumentException if it did not write that
   */
  T read(CrdtReader reader);

  static <T> Codec<T> of(BiConsumer<T, CrdtWriter> write, Function<CrdtReader, T> read) {
    return new Codec<>() {
      @Override
      public void write(T value, CrdtWriter writer) {
        write.accept(value, writer);
      }

      @Override
      public T read(CrdtReader reader) {
        return read.apply(reader);
      }
    };
  }

  static Codec<String> text() {
    return of((text, writer) -> writer.text(text), CrdtReader::text);
  }

  /** Numbers of either sign, in eight bytes. */
  static Codec<Long> number() {
    return of((number, writer) -> writer.i64(number), CrdtReader::i64);
  }

  static Codec<Bytes> bytes() {
    return of((bytes, writer) -> writer.block(bytes), CrdtReader::block);
  }

  static Codec<Boolean> yesOrNo() {
    return of(
        (yes, writer) -> writer.u8(yes ? 1 : 0),
        reader -> {
          int mark = reader.u8();
          CrdtReader.require(mark <= 1, "neither yes nor no");
          return mark == 1;
        });
  }

  /** The value as bytes of their own, without version and kind. */
  default Bytes encode(T value) {
    var writer = new CrdtWriter();
    write(value, writer);
    return writer.toBytes();
  }

  /**
   * Reads what {@link #encode} made, to its end.
   *
   * @throws IllegalArgumentException if it did not make that
   */
  default T decode(Bytes bytes) {
    var reader = new CrdtReader(bytes);
    var value = read(reader);
    CrdtReader.require(reader.remaining() == 0, "bytes follow the end");
    return value;
  }
}
