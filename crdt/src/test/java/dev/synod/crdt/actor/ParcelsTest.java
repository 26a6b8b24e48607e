package dev.synod.crdt.actor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.synod.core.Bytes;
import dev.synod.crdt.actor.ReplicatorSettings.ParcelLimits;
import dev.synod.crdt.clock.ReplicaId;
import dev.synod.crdt.protocol.PeerMessage;
import dev.synod.crdt.protocol.PeerMessage.Piece;
import dev.synod.crdt.protocol.PeerMessage.Taken;
import dev.synod.crdt.protocol.PeerMessage.Whole;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Messages that are larger than a frame")
class ParcelsTest {

  private static final ReplicaId A = new ReplicaId(1);
  private static final ReplicaId B = new ReplicaId(2);
  private static final ParcelLimits LIMITS = new ParcelLimits(10, 3, 1000, 2, 2);

  private final List<PeerMessage> fromA = new ArrayList<>();
  private final List<PeerMessage> fromB = new ArrayList<>();
  private Parcels a = new Parcels(A, LIMITS, (to, it) -> fromA.add(it), 0);
  private Parcels b = new Parcels(B, LIMITS, (to, it) -> fromB.add(it), 0);

  private void use(ParcelLimits limits) {
    fromA.clear();
    fromB.clear();
    a = new Parcels(A, limits, (to, it) -> fromA.add(it), 0);
    b = new Parcels(B, limits, (to, it) -> fromB.add(it), 0);
  }

  private static Bytes message(int length) {
    byte[] bytes = new byte[length];
    new Random(length).nextBytes(bytes);
    return Bytes.wrap(bytes);
  }

  /** Delivers what that seed does not lose or reorder, until a whole message has come. */
  private Optional<Bytes> deliver(Random random) {
    for (int step = 0; step < 10_000; step++) {
      if (fromA.isEmpty() && fromB.isEmpty()) {
        a.resend();
      }
      if (!fromA.isEmpty()) {
        var piece = fromA.remove(random.nextInt(fromA.size()));
        var whole = random.nextInt(5) > 0 ? b.piece((Piece) piece, false) : Optional.<Bytes>empty();
        if (whole.isPresent()) {
          return whole;
        }
      }
      if (!fromB.isEmpty()) {
        var taken = fromB.remove(random.nextInt(fromB.size()));
        if (random.nextInt(5) > 0) {
          a.taken((Taken) taken);
        }
      }
    }
    return Optional.empty();
  }

  @Test
  @DisplayName("go in pieces, others as they are")
  void divided() {
    a.send(B, message(10));
    assertThat(fromA).containsExactly(new Whole(A, B, 0, message(10)));
    fromA.clear();

    a.send(B, message(35));

    assertThat(fromA).hasSize(3).allMatch(Piece.class::isInstance);
    assertThat(a.isLeavingFor(B)).isTrue();
    assertThat(b.piece((Piece) fromA.get(0), false)).isEmpty();
    assertThat(fromB).containsExactly(new Taken(B, A, 1, 10));
    assertThat(b.isBusy(A)).isTrue();
    a.taken((Taken) fromB.get(0));
    assertThat(fromA).hasSize(4);
    b.piece((Piece) fromA.get(1), false);
    b.piece((Piece) fromA.get(2), false);
    assertThat(b.piece((Piece) fromA.get(3), false)).contains(message(35));
    assertThat(b.isBusy(A)).isFalse();
    a.taken(new Taken(B, A, 1, 35));
    assertThat(a.isLeavingFor(B)).isFalse();
  }

  @Test
  @DisplayName("arrive whole and once, whatever is lost and reordered")
  void arrive() {
    for (int seed = 1; seed <= 200; seed++) {
      var random = new Random(seed);
      var message = message(11 + random.nextInt(300));
      use(new ParcelLimits(10, 3, 1000, 2, 1000));
      a.send(B, message);

      assertThat(deliver(random)).as("seed %d", seed).contains(message);
    }
  }

  @Test
  @DisplayName("go one after the other; few may wait, and none that is too long")
  void oneAfterTheOther() {
    use(new ParcelLimits(10, 3, 1000, 2, 1000));
    assertThat(a.send(B, message(2000))).hasValueSatisfying(it -> assertThat(it).contains("2,000"));
    assertThat(a.send(B, message(2000))).isEmpty(); // said once
    assertThat(a.isLeavingFor(B)).isFalse();
    a.left(B);
    assertThat(a.send(B, message(35))).isEmpty();
    int pieces = fromA.size();

    assertThat(a.send(B, message(36))).isEmpty();
    assertThat(a.bytesFor(B)).isEqualTo(71);
    assertThat(a.send(B, message(37))).isPresent();
    assertThat(fromA).hasSize(pieces);

    assertThat(deliver(new Random(1))).contains(message(35));
    assertThat(deliver(new Random(2))).contains(message(36));
    assertThat(deliver(new Random(3))).isEmpty();
    assertThat(a.isLeavingFor(B)).isFalse();
  }

  @Test
  @DisplayName("that are held back at their end are confirmed only when there is room for another")
  void heldBack() {
    a.send(B, message(11));
    a.send(B, message(12));
    b.piece((Piece) fromA.get(0), true);
    assertThat(b.piece((Piece) fromA.get(1), true)).contains(message(11));
    b.piece((Piece) fromA.get(1), false); // sent again
    assertThat(fromB).containsExactly(new Taken(B, A, 1, 10));

    b.release(A);
    b.release(A);

    assertThat(fromB).containsExactly(new Taken(B, A, 1, 10), new Taken(B, A, 1, 11));
    fromB.forEach(taken -> a.taken((Taken) taken));
    assertThat(b.piece((Piece) fromA.get(2), false)).isEmpty();
    assertThat(b.piece((Piece) fromA.get(3), false)).contains(message(12));
  }

  @Test
  @DisplayName("keep a replica busy for one turn more, in which it takes them in")
  void takenIn() {
    a.send(B, message(11));
    fromA.forEach(piece -> b.piece((Piece) piece, false));
    fromB.forEach(taken -> a.taken((Taken) taken));

    assertThat(a.isLeavingFor(B)).isFalse();
    assertThat(a.isBusy(B)).isTrue();
    a.resend();
    assertThat(a.isBusy(B)).isFalse();
  }

  @Test
  @DisplayName("are sent again after one turn, two, four: who is slow is not flooded")
  void patience() {
    use(new ParcelLimits(10, 3, 1000, 2, 1000));
    a.send(B, message(30));
    a.resend();
    fromA.clear();

    for (int turn = 1; turn <= 15; turn++) {
      a.resend();
    }

    assertThat(fromA).hasSize(4 * 3);
  }

  @Test
  @DisplayName("are given up after some tries, and forgotten with who is gone")
  void givenUp() {
    a.send(B, message(35));
    a.resend();
    a.resend();
    assertThat(a.isLeavingFor(B)).isTrue();
    assertThat(fromA).hasSize(6);
    a.resend();
    assertThat(a.isLeavingFor(B)).isFalse();

    a.send(B, message(35));
    a.left(B);
    assertThat(a.isLeavingFor(B)).isFalse();
  }

  @Test
  @DisplayName("are not begun if they say that they are too long, nor gone on with if they lie")
  void lies() {
    assertThat(b.piece(new Piece(A, B, 0, 1, 0, 1001, message(10)), false)).isEmpty();
    assertThat(fromB).isEmpty();
    b.piece(new Piece(A, B, 0, 2, 0, 20, message(10)), false);
    assertThat(b.piece(new Piece(A, B, 0, 2, 10, 21, message(10)), false)).isEmpty();
    assertThat(b.piece(new Piece(A, B, 0, 1, 10, 20, message(10)), false)).isEmpty();
    assertThat(b.piece(new Piece(A, B, 0, 2, 10, 20, message(10)), false)).isPresent();
    assertThat(b.piece(new Piece(A, B, 0, 2, 10, 20, message(10)), false)).isEmpty();
    a.taken(new Taken(B, A, 5, 10));
    assertThat(a.isLeavingFor(B)).isFalse();
  }
}
