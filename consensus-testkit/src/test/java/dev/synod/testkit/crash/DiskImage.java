package dev.synod.testkit.crash;

import dev.synod.log.disk.Disk;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.zip.CRC32;
import java.util.zip.CRC32C;

/**
 * What a disk holds, in few enough bits to remember thousands: names, sizes and contents.
 *
 * @param acknowledged part of the image, since the same disk may be right before an answer was
 *     given, and wrong after
 */
record DiskImage(long checksums, int acknowledged) {

  static DiskImage of(Disk disk, List<String> folders, int acknowledged) {
    var first = new CRC32C();
    var second = new CRC32();
    try {
      for (String folder : folders) {
        for (String name : disk.list(folder)) {
          String path = folder.isEmpty() ? name : folder + "/" + name;
          try (var file = disk.open(path)) {
            var bytes = ByteBuffer.allocate((int) file.size());
            file.read(bytes, 0);
            byte[] heading = (path + "=" + file.size() + ";").getBytes();
            first.update(heading);
            second.update(heading);
            first.update(bytes.array());
            second.update(bytes.array());
          }
        }
      }
    } catch (IOException e) {
      throw new AssertionError("reading a disk in memory", e);
    }
    return new DiskImage(first.getValue() << 32 | second.getValue(), acknowledged);
  }
}
