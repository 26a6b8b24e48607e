package dev.synod.raft.rules;

import dev.synod.core.Bytes;
import dev.synod.core.StoreId;
import dev.synod.core.Term;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.UUID;

/** Figure 2's persistent state beside the log: {@code currentTerm} and {@code votedFor}. */
public record TermState(Term currentTerm, Optional<StoreId> votedFor) {

  /** A server that never took part in an election. */
  public static final TermState INITIAL = notVotedIn(Term.ZERO);

  private static final StoreId NOBODY = new StoreId(new UUID(0, 0));
  private static final byte FORMAT = 1;
  private static final int LENGTH = 1 + 8 + 1 + 16;

  public static TermState notVotedIn(Term term) {
    return new TermState(term, Optional.empty());
  }

  public TermState votingFor(StoreId candidate) {
    return new TermState(currentTerm, Optional.of(candidate));
  }

  /** §5.2: at most one candidate a term, first come, first served; the same one may ask again. */
  public boolean mayVoteFor(StoreId candidate) {
    return votedFor.isEmpty() || votedFor.get().equals(candidate);
  }

  /** Format 1: version, term (8 bytes), whether voted (1), the store voted for (16). */
  public Bytes encode() {
    var buffer = ByteBuffer.allocate(LENGTH).put(FORMAT).putLong(currentTerm.number());
    buffer.put((byte) (votedFor.isPresent() ? 1 : 0));
    var vote = votedFor.orElse(NOBODY).uuid();
    buffer.putLong(vote.getMostSignificantBits()).putLong(vote.getLeastSignificantBits());
    return Bytes.wrap(buffer.array());
  }

  /** The inverse of {@link #encode}; an {@link IllegalArgumentException} says what is wrong. */
  public static TermState decode(Bytes bytes) {
    var buffer = bytes.asBuffer();
    if (buffer.remaining() != LENGTH || buffer.get() != FORMAT) {
      throw new IllegalArgumentException(
          "term and vote take " + LENGTH + " bytes of format " + FORMAT + ", but found " + bytes);
    }
    long term = buffer.getLong();
    byte voted = buffer.get();
    if (term < 0 || voted < 0 || voted > 1) {
      throw new IllegalArgumentException(
          "term and vote can't be term " + term + " with " + voted + " votes");
    }
    var candidate = new StoreId(new UUID(buffer.getLong(), buffer.getLong()));
    var state = notVotedIn(new Term(term));
    if (voted == 0 && !candidate.equals(NOBODY)) {
      throw new IllegalArgumentException("no vote in term " + term + ", but for " + candidate);
    }
    return voted == 1 ? state.votingFor(candidate) : state;
  }
}
