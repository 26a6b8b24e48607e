package dev.synod.core;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * How a configuration stands on disk and on the wire. Numbers are big-endian.
 *
 * <pre>
 *   byte   format     3
 *   long   version
 *   byte   flags      1 a change is named, 2 a goal
 *   uuid   change     if named
 *   byte   count      of members, then for each:
 *     uuid   store
 *     byte   parts    1 voter, 2 outgoing, 4 learner, 8 learner next, 16 voter of the goal,
 *                     32 learner of the goal, 64 witness, now and in the goal
 *     text   name
 *     text   address
 *
 *   uuid = 16 bytes      text = short length, bytes of UTF-8
 * </pre>
 */
final class ConfigurationFormat {

  private static final byte FORMAT = 3;
  private static final int NAMED = 1;
  private static final int GOAL = 2;
  private static final int HEAD_BYTES = 1 + 8 + 1 + 16 + 1;
  private static final int MEMBER_BYTES = 16 + 1 + 2 + 2;
  private static final int UTF8_BYTES_MAX = 3;

  private static final int VOTER = 1;
  private static final int OUTGOING = 2;
  private static final int LEARNER = 4;
  private static final int LEARNER_NEXT = 8;
  private static final int GOAL_VOTER = 16;
  private static final int GOAL_LEARNER = 32;
  private static final int WITNESS = 64;

  private ConfigurationFormat() {}

  static Bytes encode(Configuration configuration) {
    int count = configuration.members().size();
    var buffer = ByteBuffer.allocate(bytesMax(configuration.members()));
    var change = configuration.change();
    buffer.put(FORMAT).putLong(configuration.version());
    buffer.put(
        (byte) ((change.isPresent() ? NAMED : 0) | (configuration.goal().isPresent() ? GOAL : 0)));
    change.ifPresent(id -> putId(buffer, id));
    buffer.put((byte) count);
    for (Member member : configuration.members()) {
      putId(buffer, member.store().uuid());
      buffer.put(partsOf(member.store(), configuration));
      putText(buffer, member.node().name());
      putText(buffer, member.node().address());
    }
    return Bytes.copyFrom(buffer.flip(), buffer.remaining());
  }

  private static int bytesMax(List<Member> members) {
    int bytes = HEAD_BYTES;
    for (Member member : members) {
      int length = member.node().name().length() + member.node().address().length();
      bytes += MEMBER_BYTES + UTF8_BYTES_MAX * length;
    }
    return bytes;
  }

  static Configuration decode(Bytes bytes) {
    try {
      var configuration = decode(bytes.asBuffer());
      if (!encode(configuration).equals(bytes)) {
        throw new IllegalArgumentException("a configuration has one layout, but found another");
      }
      return configuration;
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
    long version = buffer.getLong();
    int flags = buffer.get();
    if (flags < 0 || flags > (NAMED | GOAL)) {
      throw new IllegalArgumentException("a configuration with flags " + flags);
    }
    var change = (flags & NAMED) != 0 ? Optional.of(id(buffer)) : Optional.<UUID>empty();
    int count = buffer.get();
    if (count < 1 || count > Configuration.MEMBERS_MAX) {
      throw new IllegalArgumentException("a configuration of " + count + " members");
    }
    var members = new ArrayList<Member>(count);
    var parts = new ArrayList<Integer>(count);
    for (int i = 0; i < count; i++) {
      var store = new StoreId(id(buffer));
      parts.add(parts(buffer.get()));
      members.add(new Member(store, new NodeAddress(text(buffer), text(buffer))));
    }
    if (buffer.hasRemaining()) {
      throw new IllegalArgumentException(
          buffer.remaining() + " bytes follow a configuration of " + count + " members");
    }
    var membership =
        new Membership(
            with(VOTER, members, parts),
            with(OUTGOING, members, parts),
            with(LEARNER, members, parts),
            with(LEARNER_NEXT, members, parts),
            with(WITNESS, members, parts));
    var goal =
        (flags & GOAL) == 0
            ? Optional.<Membership>empty()
            : Optional.of(
                Membership.of(
                    with(GOAL_VOTER, members, parts),
                    with(GOAL_LEARNER, members, parts),
                    goalWitnesses(members, parts)));
    return new Configuration(version, members, membership, change, goal);
  }

  private static byte partsOf(StoreId store, Configuration configuration) {
    var now = configuration.membership();
    int parts =
        bit(VOTER, now.voters(), store)
            | bit(OUTGOING, now.outgoing(), store)
            | bit(LEARNER, now.learners(), store)
            | bit(LEARNER_NEXT, now.learnersNext(), store)
            | bit(WITNESS, now.witnesses(), store);
    if (configuration.goal().isPresent()) {
      var goal = configuration.goal().get();
      parts |= bit(GOAL_VOTER, goal.voters(), store) | bit(GOAL_LEARNER, goal.learners(), store);
    }
    return (byte) parts;
  }

  private static int bit(int part, List<StoreId> stores, StoreId store) {
    return stores.contains(store) ? part : 0;
  }

  private static List<StoreId> with(int part, List<Member> members, List<Integer> parts) {
    var stores = new ArrayList<StoreId>();
    for (int i = 0; i < members.size(); i++) {
      if ((parts.get(i) & part) != 0) {
        stores.add(members.get(i).store());
      }
    }
    return stores;
  }

  private static List<StoreId> goalWitnesses(List<Member> members, List<Integer> parts) {
    var staying = new ArrayList<>(with(WITNESS, members, parts));
    staying.retainAll(with(GOAL_VOTER | GOAL_LEARNER, members, parts));
    return staying;
  }

  private static int parts(byte parts) {
    if (parts < 0) {
      throw new IllegalArgumentException("a member with parts " + parts);
    }
    return parts;
  }

  private static void putId(ByteBuffer buffer, UUID id) {
    buffer.putLong(id.getMostSignificantBits()).putLong(id.getLeastSignificantBits());
  }

  private static UUID id(ByteBuffer buffer) {
    return new UUID(buffer.getLong(), buffer.getLong());
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
