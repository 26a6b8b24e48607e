package dev.synod.zab.rules;

import dev.synod.core.Bytes;
import dev.synod.core.Invariants;
import dev.synod.core.Term;
import java.nio.ByteBuffer;

/**
 * What a server keeps beside its log (Zab §V-A: f.p and f.a).
 *
 * @param accepted {@code acceptedEpoch}: of the last NEWEPOCH that it has agreed to; nothing of an
 *     older epoch is accepted any more
 * @param current {@code currentEpoch}: of the last NEWLEADER that it has agreed to; the whole
 *     initial history of that epoch is in its log
 */
public record Epochs(Term accepted, Term current) {

  /** A server that never had a leader. */
  public static final Epochs INITIAL = new Epochs(Term.ZERO, Term.ZERO);

  private static final byte FORMAT = 1;
  private static final int LENGTH = 1 + 8 + 8;

  public Epochs {
    Invariants.check(
        !current.isAfter(accepted),
        "an epoch is accepted before it is taken over (Zab §V-B): %s, %s",
        current,
        accepted);
  }

  /** Phase 1: agreed to that epoch. */
  Epochs accepting(Term epoch) {
    return new Epochs(epoch, current);
  }

  /** Phase 2: has the initial history of the accepted epoch. */
  Epochs takingOver() {
    return new Epochs(accepted, accepted);
  }

  /** Whether the initial history of the accepted epoch is here. */
  boolean areSynchronized() {
    return current.equals(accepted);
  }

  /** Format 1: version, accepted epoch (8 bytes), current epoch (8). */
  public Bytes encode() {
    var buffer = ByteBuffer.allocate(LENGTH).put(FORMAT);
    return Bytes.wrap(buffer.putLong(accepted.number()).putLong(current.number()).array());
  }

  /** The inverse of {@link #encode}; an {@link IllegalArgumentException} says what is wrong. */
  public static Epochs decode(Bytes bytes) {
    var buffer = bytes.asBuffer();
    if (buffer.remaining() != LENGTH || buffer.get() != FORMAT) {
      throw new IllegalArgumentException(
          "epochs take " + LENGTH + " bytes of format " + FORMAT + ", but found " + bytes);
    }
    long accepted = buffer.getLong();
    long current = buffer.getLong();
    if (current < 0 || accepted < current) {
      throw new IllegalArgumentException(
          "epochs can't be " + accepted + ", accepted, and " + current + ", current");
    }
    return new Epochs(new Term(accepted), new Term(current));
  }
}
