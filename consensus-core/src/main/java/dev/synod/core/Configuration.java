package dev.synod.core;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * Who belongs to a group. The group's own configuration is the truth about membership: neither
 * hosting nor discovery may overrule it.
 *
 * @param voters sorted by store, each store once, 1 to {@value #VOTERS_MAX}
 */
public record Configuration(List<Member> voters) {

  /** More voters than anybody needs; bounds what a decoder accepts. */
  public static final int VOTERS_MAX = 63;

  private static final byte FORMAT = 1;

  public Configuration {
    voters = voters.stream().sorted(Comparator.comparing(Member::store)).toList();
    if (voters.isEmpty() || voters.size() > VOTERS_MAX) {
      throw new IllegalArgumentException(
          "a group has 1 to " + VOTERS_MAX + " voters, but got " + voters.size());
    }
    if (voters.stream().map(Member::store).distinct().count() != voters.size()) {
      throw new IllegalArgumentException(
          "a store votes once, but a store is listed twice: " + voters);
    }
  }

  public Quorum quorum() {
    return Majority.of(voters.stream().map(Member::store).toList());
  }

  public boolean isVoter(StoreId store) {
    return member(store).isPresent();
  }

  public Optional<Member> member(StoreId store) {
    return voters.stream().filter(voter -> voter.store().equals(store)).findFirst();
  }

  /** All voters but that one, in order. */
  public List<StoreId> others(StoreId self) {
    return voters.stream().map(Member::store).filter(store -> !store.equals(self)).toList();
  }

  /**
   * Format 1: version byte, count byte, then per voter its store (16 bytes), name and address
   * (length as short, UTF-8).
   */
  public Bytes encode() {
    var buffer =
        ByteBuffer.allocate(2 + voters.size() * (16 + 2 * (2 + NodeAddress.LENGTH_MAX * 3)));
    buffer.put(FORMAT).put((byte) voters.size());
    for (Member voter : voters) {
      buffer.putLong(voter.store().uuid().getMostSignificantBits());
      buffer.putLong(voter.store().uuid().getLeastSignificantBits());
      putText(buffer, voter.node().name());
      putText(buffer, voter.node().address());
    }
    return Bytes.copyFrom(buffer.flip(), buffer.remaining());
  }

  /**
   * The inverse of {@link #encode}; an {@link IllegalArgumentException} says what is wrong with the
   * bytes.
   */
  public static Configuration decode(Bytes bytes) {
    try {
      return decode(bytes.asBuffer());
    } catch (BufferUnderflowException e) {
      throw new IllegalArgumentException(
          "a configuration ends too early after " + bytes.length() + " bytes", e);
    }
  }

  private static Configuration decode(ByteBuffer buffer) {
    byte format = buffer.get();
    if (format != FORMAT) {
      throw new IllegalArgumentException("configuration format " + format + " is not known here");
    }
    int count = buffer.get();
    if (count < 1 || count > VOTERS_MAX) {
      throw new IllegalArgumentException("a configuration of " + count + " voters");
    }
    var voters = new ArrayList<Member>(count);
    for (int i = 0; i < count; i++) {
      var store = new StoreId(new UUID(buffer.getLong(), buffer.getLong()));
      voters.add(new Member(store, new NodeAddress(text(buffer), text(buffer))));
    }
    if (buffer.hasRemaining()) {
      throw new IllegalArgumentException(
          buffer.remaining() + " bytes follow a configuration of " + count + " voters");
    }
    return new Configuration(voters);
  }

  private static void putText(ByteBuffer buffer, String text) {
    byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
    buffer.putShort((short) utf8.length).put(utf8);
  }

  private static String text(ByteBuffer buffer) {
    int length = buffer.getShort();
    if (length < 0 || length > buffer.remaining()) {
      throw new IllegalArgumentException(
          "a text of " + length + " bytes where " + buffer.remaining() + " are left");
    }
    byte[] utf8 = new byte[length];
    buffer.get(utf8);
    return new String(utf8, StandardCharsets.UTF_8);
  }
}
