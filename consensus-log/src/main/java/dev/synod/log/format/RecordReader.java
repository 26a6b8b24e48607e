package dev.synod.log.format;

import dev.synod.core.Bytes;
import dev.synod.log.disk.DiskFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * Reads single records by their place; what lies behind one is read along, since the next one asked
 * for is often there.
 */
public final class RecordReader {

  private final CRC32C crc = new CRC32C();
  private final RecordHeader header = new RecordHeader();
  private ByteBuffer buffer;
  private int segment;
  private int start;
  private int payloadAt;

  public RecordReader(int readBytes) {
    buffer = ByteBuffer.allocate(readBytes).limit(0);
  }

  /** The header of the intact record there, or null; both are valid until the next call. */
  public @Nullable RecordHeader read(DiskFile file, int number, int offset, int salt)
      throws IOException {
    if (isLoaded(number, offset, RecordHeader.BYTES) && isIntact(file, number, offset, salt)) {
      return header;
    }
    // What was read along may have been read before it was written.
    boolean intact =
        load(file, number, offset, RecordHeader.BYTES) && isIntact(file, number, offset, salt);
    return intact ? header : null;
  }

  private boolean isIntact(DiskFile file, int number, int offset, int salt) throws IOException {
    if (!header.read(buffer, offset - start, offset, file.size(), salt, crc)) {
      return false;
    }
    if (!isLoaded(number, offset, header.size()) && !load(file, number, offset, header.size())) {
      return false;
    }
    payloadAt = offset - start + RecordHeader.BYTES;
    return Checksums.of(buffer, payloadAt, header.length(), crc) == header.payloadCrc();
  }

  /** The payload of the record read last. */
  public Bytes payload() {
    byte[] bytes = new byte[header.length()];
    buffer.get(payloadAt, bytes);
    return Bytes.wrap(bytes);
  }

  private boolean isLoaded(int number, int offset, int length) {
    return segment == number && offset >= start && offset + length <= start + buffer.limit();
  }

  private boolean load(DiskFile file, int number, int offset, int length) throws IOException {
    if (length > buffer.capacity()) {
      buffer = ByteBuffer.allocate(length);
    }
    segment = number;
    start = offset;
    int read = file.read(buffer.clear(), offset);
    buffer.clear().limit(read);
    return read >= length;
  }
}
