package dev.synod.crdt.actor;

import dev.synod.core.Bytes;
import dev.synod.crdt.actor.ReplicatorSettings.ParcelLimits;
import dev.synod.crdt.clock.ReplicaId;
import dev.synod.crdt.protocol.PeerMessage;
import dev.synod.crdt.protocol.PeerMessage.Piece;
import dev.synod.crdt.protocol.PeerMessage.Taken;
import java.io.ByteArrayOutputStream;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BiConsumer;

/**
 * Messages that are too large for a frame, on their way in pieces: one after the other to each
 * other replica, and one from it, with a few pieces under way. A few more may wait, no more than
 * one step makes: while anything is on its way to a replica, the rules make no further changes for
 * it, and its questions wait. Like any other message they may be lost: one that is given up is made
 * again by the rules.
 */
final class Parcels {

  private final ReplicaId self;
  private final ParcelLimits limits;
  private final BiConsumer<ReplicaId, PeerMessage> send;
  private final Map<ReplicaId, Deque<Leaving>> leaving = new TreeMap<>();
  private final Map<ReplicaId, Coming> coming = new TreeMap<>();
  private final Set<ReplicaId> arrived = new TreeSet<>();
  private final Set<ReplicaId> complaints = new TreeSet<>();
  private long parcels;
  private long generation;

  /** One on its way to another. */
  private static final class Leaving {
    private final long number;
    private final Bytes bytes;
    private int sent;
    private int taken;
    private int tries;
    private boolean hasMoved = true;

    Leaving(long number, Bytes bytes) {
      this.number = number;
      this.bytes = bytes;
    }
  }

  /** One on its way from another; what it says of its length is not believed. */
  private static final class Coming {
    private final long number;
    private final int total;
    private ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private int have;
    private boolean isHeldBack;
    private boolean hasMoved = true;

    Coming(long number, int total) {
      this.number = number;
      this.total = total;
    }

    /** Whether all of it has come; then no bytes are kept. */
    boolean isTaken() {
      return have == total;
    }

    void add(Bytes more) {
      bytes.writeBytes(more.toArray());
      have += more.length();
      hasMoved = true;
    }

    Bytes take() {
      var all = Bytes.wrap(bytes.toByteArray());
      bytes = new ByteArrayOutputStream(0);
      return all;
    }
  }

  /**
   * @param numbers parcels are numbered from there on
   */
  Parcels(
      ReplicaId self, ParcelLimits limits, BiConsumer<ReplicaId, PeerMessage> send, long numbers) {
    this.parcels = numbers;
    this.self = self;
    this.limits = limits;
    this.send = send;
  }

  /** All that was on its way is not to be heard any more; from now on it is that generation. */
  void next(long generationThen) {
    generation = generationThen;
    leaving.clear();
    coming.clear();
    arrived.clear();
  }

  /** Whether something large is, or was of late, on its way to that one or from it. */
  boolean isBusy(ReplicaId other) {
    var in = coming.get(other);
    return isLeavingFor(other)
        || arrived.contains(other)
        || (in != null && !in.isTaken() && in.hasMoved);
  }

  /** How many bytes of large messages are kept here for that one. */
  long bytesFor(ReplicaId other) {
    return leaving.getOrDefault(other, new ArrayDeque<>()).stream()
        .mapToLong(parcel -> parcel.bytes.length())
        .sum();
  }

  /** Whether something large is on its way to that one. */
  boolean isLeavingFor(ReplicaId other) {
    return leaving.containsKey(other);
  }

  /**
   * Sends it, in one go if it is small enough, else behind those that wait.
   *
   * @return why it was not sent, if so: the first time only, as it will be tried again and again
   */
  Optional<String> send(ReplicaId to, Bytes message) {
    if (message.length() <= limits.pieceBytes()) {
      send.accept(to, new PeerMessage.Whole(self, to, generation, message));
      return Optional.empty();
    }
    if (message.length() > limits.bytesMax()) {
      return complaint(
          to, "it has %,d bytes, more than parcel-bytes-max".formatted(message.length()));
    }
    var waiting = leaving.computeIfAbsent(to, it -> new ArrayDeque<>());
    if (waiting.size() >= limits.waitingMax()) {
      return complaint(to, "%d others wait for that already".formatted(waiting.size()));
    }
    waiting.add(new Leaving(++parcels, message));
    if (waiting.size() == 1) {
      go(to, waiting.element());
    }
    return Optional.empty();
  }

  private Optional<String> complaint(ReplicaId to, String why) {
    return complaints.add(to) ? Optional.of(why) : Optional.empty();
  }

  private void go(ReplicaId to, Leaving parcel) {
    int upTo =
        (int)
            Math.min(
                parcel.bytes.length(),
                parcel.taken + (long) limits.pieceBytes() * limits.piecesInFlightMax());
    while (parcel.sent < upTo) {
      int length = Math.min(limits.pieceBytes(), parcel.bytes.length() - parcel.sent);
      var bytes = parcel.bytes.part(parcel.sent, length);
      send.accept(
          to,
          new Piece(
              self, to, generation, parcel.number, parcel.sent, parcel.bytes.length(), bytes));
      parcel.sent += length;
    }
  }

  /** Goes on with what that one has taken a part of. */
  void taken(Taken message) {
    var waiting = leaving.get(message.from());
    if (waiting == null) {
      return;
    }
    var parcel = waiting.element();
    if (parcel.number != message.parcel()
        || message.upTo() > parcel.sent
        || message.upTo() <= parcel.taken) {
      return;
    }
    parcel.taken = message.upTo();
    parcel.hasMoved = true;
    if (parcel.taken == parcel.bytes.length()) {
      arrived.add(message.from());
      next(message.from(), waiting);
    } else {
      go(message.from(), parcel);
    }
  }

  /** The first one is over. */
  private void next(ReplicaId to, Deque<Leaving> waiting) {
    waiting.remove();
    if (waiting.isEmpty()) {
      leaving.remove(to);
    } else {
      go(to, waiting.element());
    }
  }

  /**
   * Takes a piece; the whole message if it was the last one.
   *
   * @param isHeldBack whether the sender is not to hear yet that the whole has come, if it has, so
   *     that it sends no other one: until {@link #release}
   */
  Optional<Bytes> piece(Piece piece, boolean isHeldBack) {
    var parcel = coming.get(piece.from());
    if (parcel != null && parcel.number > piece.parcel()) {
      return Optional.empty();
    }
    if (parcel == null || parcel.number < piece.parcel()) {
      if (piece.total() > limits.bytesMax()) {
        return Optional.empty();
      }
      parcel = new Coming(piece.parcel(), piece.total());
      coming.put(piece.from(), parcel);
    }
    boolean isNext =
        piece.offset() == parcel.have && piece.total() == parcel.total && !parcel.isTaken();
    if (isNext) {
      parcel.add(piece.bytes());
    }
    boolean isWhole = isNext && parcel.isTaken();
    parcel.isHeldBack |= isWhole && isHeldBack;
    if (!parcel.isHeldBack) {
      taken(piece.from(), parcel);
    }
    return isWhole ? Optional.of(parcel.take()) : Optional.empty();
  }

  private void taken(ReplicaId from, Coming parcel) {
    send.accept(from, new Taken(self, from, parcel.number, parcel.have));
  }

  /** That one may send its next large message. */
  void release(ReplicaId from) {
    var parcel = coming.get(from);
    if (parcel != null && parcel.isHeldBack) {
      parcel.isHeldBack = false;
      taken(from, parcel);
    }
  }

  /**
   * Some time has passed: what has not moved since the last time is given up in the end. Until then
   * it is sent again, after one turn, two, four and so on: the other may only be slow.
   */
  void resend() {
    arrived.clear();
    for (var entry : List.copyOf(leaving.entrySet())) {
      var parcel = entry.getValue().element();
      if (parcel.hasMoved) {
        parcel.tries = 0;
        parcel.hasMoved = false;
        continue;
      }
      parcel.tries++;
      if (parcel.tries >= limits.triesMax()) {
        next(entry.getKey(), entry.getValue());
      } else if (Integer.bitCount(parcel.tries) == 1) {
        parcel.sent = parcel.taken;
        go(entry.getKey(), parcel);
      }
    }
    coming.values().forEach(parcel -> parcel.hasMoved = false);
  }

  /** That one is gone for ever. */
  void left(ReplicaId other) {
    arrived.remove(other);
    complaints.remove(other);
    leaving.remove(other);
    coming.remove(other);
  }
}
