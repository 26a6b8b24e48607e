package dev.synod.benchmarks.jmh;

import dev.synod.core.Bytes;
import dev.synod.core.Entry;
import dev.synod.core.EntryKind;
import dev.synod.core.LogPosition;
import dev.synod.core.StoreId;
import dev.synod.core.Term;
import dev.synod.raft.actor.FromPeer;
import dev.synod.raft.actor.RaftSerializer;
import dev.synod.raft.protocol.RaftMessage.AppendEntries;
import java.io.NotSerializableException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.pekko.actor.ActorSystem;
import org.apache.pekko.actor.ExtendedActorSystem;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** AppendEntries with 100-byte entries, to bytes and back, in a buffer as remoting lends it. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class Codecs {

  private static final int ENTRY_BYTES = 100;
  private static final int FRAME_BYTES = 512 << 10;

  @Param({"1", "64"})
  public int entries;

  private final ByteBuffer frame = ByteBuffer.allocateDirect(FRAME_BYTES);
  private final ByteBuffer written = ByteBuffer.allocateDirect(FRAME_BYTES);
  private ActorSystem system;
  private RaftSerializer serializer;
  private FromPeer message;
  private String manifest;

  @Setup(Level.Trial)
  public void open() {
    system =
        ActorSystem.create(
            "jmh",
            com.typesafe.config.ConfigFactory.parseMap(
                Map.of("pekko.loglevel", "ERROR", "pekko.actor.provider", "local")));
    serializer = new RaftSerializer((ExtendedActorSystem) system);
    var list = new ArrayList<Entry>();
    for (int i = 1; i <= entries; i++) {
      list.add(
          new Entry(100L + i, new Term(3), EntryKind.COMMAND, Bytes.wrap(new byte[ENTRY_BYTES])));
    }
    var append =
        new AppendEntries(StoreId.of(1), new Term(3), new LogPosition(100, new Term(3)), list, 100);
    message = new FromPeer(1, append);
    manifest = serializer.manifest(message);
    serializer.toBinary(message, written);
    written.flip();
  }

  @Benchmark
  public ByteBuffer write() {
    serializer.toBinary(message, frame.clear());
    return frame;
  }

  @Benchmark
  public Object read() throws NotSerializableException {
    return serializer.fromBinary(written.rewind(), manifest);
  }

  @TearDown(Level.Trial)
  public void close() {
    system.terminate();
  }
}
