package dev.synod.actors.replica;

import dev.synod.actors.message.NodeMessage.Founded;
import dev.synod.core.Bytes;
import dev.synod.core.GroupId;
import dev.synod.log.LogException;
import dev.synod.log.snapshot.Snapshot;
import dev.synod.log.snapshot.SnapshotFile;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;

/**
 * Asked of a replica on the same node, as a question: write all that was applied into that file.
 * Has no codec, so nobody else can ask.
 *
 * @param description what stands in the file's header beside group and position
 * @param done told of the end, on the executor that writes
 * @param begun set by the first of those who begin it and those who give it up before
 */
public record BackUp(
    GroupId group,
    SnapshotFile file,
    Function<Founded, Bytes> description,
    CompletableFuture<Snapshot> done,
    AtomicBoolean begun) {

  /** One that waits to be begun. */
  public static BackUp of(GroupId group, SnapshotFile file, Function<Founded, Bytes> description) {
    return new BackUp(
        group, file, description, new CompletableFuture<>(), new AtomicBoolean(false));
  }

  /** It is not to be begun any more, if it has not. */
  public void refused(String why) {
    if (begun.compareAndSet(false, true)) {
      failed(why);
    }
  }

  /** Whether it may be begun now. */
  boolean begins() {
    return begun.compareAndSet(false, true);
  }

  /** It has failed. */
  public void failed(String why) {
    done.completeExceptionally(new IllegalStateException("no backup of " + group + ": " + why));
  }

  /** Blocks on the disk. */
  void write(Captured content, Founded founded, SnapshotBody body, int chunkBytes) {
    try (var writer = file.create(group, content.position(), description.apply(founded))) {
      body.write(content, new ChunkedOutput(chunkBytes, writer::append));
      done.complete(writer.commit());
    } catch (IOException | LogException e) {
      failed(String.valueOf(e.getMessage()));
    } catch (RuntimeException | Error e) {
      failed(e.toString());
      throw e;
    }
  }
}
