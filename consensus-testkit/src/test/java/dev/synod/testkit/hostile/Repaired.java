package dev.synod.testkit.hostile;

import dev.synod.core.StoreId;
import dev.synod.log.format.RecordHeader;
import dev.synod.log.format.SegmentHeader;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import java.util.UUID;
import java.util.zip.CRC32C;

/** Files of the log with their checksums made right, as consensus-log/FORMAT.md lays them out. */
final class Repaired {

  private static final int SEGMENT_CRC_AT = 60;
  private static final int RECORD_LENGTH_AT = 48;
  private static final int SNAPSHOT_FIXED_BYTES = 40;
  private static final int SNAPSHOT_TRAILER_BYTES = 16;

  private Repaired() {}

  static byte[] segment(byte[] hostile) {
    var bytes = ByteBuffer.wrap(hostile.clone());
    if (hostile.length < SegmentHeader.BYTES) {
      return bytes.array();
    }
    bytes.putInt(SEGMENT_CRC_AT, crc(bytes, 0, SEGMENT_CRC_AT));
    var store = new StoreId(new UUID(bytes.getLong(16), bytes.getLong(24)));
    int salt = new SegmentHeader(store, bytes.getInt(12)).salt();
    int at = SegmentHeader.BYTES;
    while (at + RecordHeader.BYTES <= hostile.length) {
      int length = bytes.getInt(at + RECORD_LENGTH_AT);
      long size = RecordHeader.sizeOf(length);
      if (length < 0 || at + size > hostile.length || isUnwritten(bytes, at)) {
        break;
      }
      bytes.putInt(at + 4, crc(bytes, at + RecordHeader.BYTES, length));
      bytes.putInt(at, crc(bytes, at + 4, RecordHeader.BYTES - 4) ^ salt);
      at += (int) size;
    }
    return bytes.array();
  }

  private static boolean isUnwritten(ByteBuffer bytes, int at) {
    return bytes.getLong(at + 8) == 0 && bytes.getLong(at + RECORD_LENGTH_AT) == 0;
  }

  static byte[] snapshot(byte[] hostile) {
    var bytes = ByteBuffer.wrap(hostile.clone());
    if (hostile.length < SNAPSHOT_FIXED_BYTES) {
      return bytes.array();
    }
    long crcAt = SNAPSHOT_FIXED_BYTES + (long) bytes.getInt(12) + bytes.getInt(16);
    int trailerAt = hostile.length - SNAPSHOT_TRAILER_BYTES;
    if (crcAt >= 0 && crcAt + 4 <= trailerAt) {
      bytes.putInt((int) crcAt, crc(bytes, 0, (int) crcAt));
      int bodyAt = (int) crcAt + 4;
      bytes.putLong(trailerAt, trailerAt - bodyAt);
      bytes.putInt(trailerAt + 8, crc(bytes, bodyAt, trailerAt - bodyAt));
      bytes.putInt(trailerAt + 12, 0);
    }
    return bytes.array();
  }

  static byte[] identity(byte[] hostile) {
    var words = new String(hostile, StandardCharsets.US_ASCII).strip().split(" ");
    if (words.length != 4) {
      return hostile;
    }
    var text = String.join(" ", Arrays.asList(words).subList(0, 3));
    byte[] line = text.getBytes(StandardCharsets.US_ASCII);
    int crc = crc(ByteBuffer.wrap(line), 0, line.length);
    return (text + String.format(Locale.ROOT, " %08x%n", crc)).getBytes(StandardCharsets.US_ASCII);
  }

  private static int crc(ByteBuffer bytes, int from, int length) {
    var crc = new CRC32C();
    crc.update(bytes.duplicate().limit(from + length).position(from));
    return (int) crc.getValue();
  }
}
