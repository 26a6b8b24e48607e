package dev.synod.raft.rules;

import dev.synod.core.Bytes;
import dev.synod.core.StoreId;
import dev.synod.core.Term;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.UUID;

/**
 * Figure 2's persistent state beside the log: {@code currentTerm} and {@code votedFor}.
 *
 * @param witness whether this server has taken entries without their payloads, or a snapshot
 *     without state: what it lacks can't be made up for, so it never leads, in whatever group
 */
public record TermState(Term currentTerm, Optional<StoreId> votedFor, boolean witness) {

  /** A server that never took part in an election. */
  public static final TermState INITIAL = notVotedIn(Term.ZERO);

  private static final StoreId NOBODY = new StoreId(new UUID(0, 0));
  private static final byte FORMAT = 2;
  private static final int LENGTH = 1 + 8 + 1 + 16;
  private static final int VOTED = 1;
  private static final int WITNESS = 2;

  public static TermState notVotedIn(Term term) {
    return new TermState(term, Optional.empty(), false);
  }

  /** The same server in that term, in which it has not voted. */
  public TermState in(Term term) {
    return new TermState(term, Optional.empty(), witness);
  }

  public TermState votingFor(StoreId candidate) {
    return new TermState(currentTerm, Optional.of(candidate), witness);
  }

  /** The same server, a witness from now on. */
  public TermState witnessing() {
    return new TermState(currentTerm, votedFor, true);
  }

  /** §5.2: at most one candidate a term, first come, first served; the same one may ask again. */
  public boolean mayVoteFor(StoreId candidate) {
    return votedFor.isEmpty() || votedFor.get().equals(candidate);
  }

  /** Format 2: version, term (8 bytes), flags (1 voted, 2 witness), the store voted for (16). */
  public Bytes encode() {
    var buffer = ByteBuffer.allocate(LENGTH).put(FORMAT).putLong(currentTerm.number());
    buffer.put((byte) ((votedFor.isPresent() ? VOTED : 0) | (witness ? WITNESS : 0)));
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
    byte flags = buffer.get();
    if (term < 0 || flags < 0 || flags > (VOTED | WITNESS)) {
      throw new IllegalArgumentException(
          "term and vote can't be term " + term + " with flags " + flags);
    }
    var candidate = new StoreId(new UUID(buffer.getLong(), buffer.getLong()));
    var state = new TermState(new Term(term), Optional.empty(), (flags & WITNESS) != 0);
    boolean voted = (flags & VOTED) != 0;
    if (!voted && !candidate.equals(NOBODY)) {
      throw new IllegalArgumentException("no vote in term " + term + ", but for " + candidate);
    }
    return voted ? state.votingFor(candidate) : state;
  }
}
