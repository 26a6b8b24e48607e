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
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * Messages that are too large for a frame, on their way in pieces: one after the other to each
 * other replica, and one from it, with a few pieces under way; a few more may wait. Like any other
 * message they may be lost: one that is given up, or that no room is left for, is made again by the
 * rules.
 */
final class Parcels {

  private final ReplicaId self;
  private final ParcelLimits limits;
  private final Consumer<PeerMessage> send;
  private final Map<ReplicaId, Deque<Leaving>> leaving = new TreeMap<>();
  private final Map<ReplicaId, Coming> coming = new TreeMap<>();
  private long parcels;

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

  Parcels(ReplicaId self, ParcelLimits limits, Consumer<PeerMessage> send) {
    this.self = self;
    this.limits = limits;
    this.send = send;
  }

  /** Whether something large is on its way to that one, or was coming from it of late. */
  boolean isBusy(ReplicaId other) {
    var in = coming.get(other);
    return isLeavingFor(other) || (in != null && !in.isTaken() && in.hasMoved);
  }

  /** Whether something large is on its way to that one. */
  boolean isLeavingFor(ReplicaId other) {
    return leaving.containsKey(other);
  }

  /** Sends it, in one go if it is small enough, else behind those that wait; or drops it. */
  void send(ReplicaId to, Bytes message) {
    if (message.length() <= limits.pieceBytes()) {
      send.accept(new PeerMessage.Whole(self, to, message));
    } else if (message.length() <= limits.bytesMax()) {
      var waiting = leaving.computeIfAbsent(to, it -> new ArrayDeque<>());
      if (waiting.size() < limits.waitingMax()) {
        waiting.add(new Leaving(++parcels, message));
      }
      go(to, waiting.element());
    }
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
      send.accept(new Piece(self, to, parcel.number, parcel.sent, parcel.bytes.length(), bytes));
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

  /** Takes a piece; the whole message if it was the last one. */
  Optional<Bytes> piece(Piece piece) {
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
    send.accept(new Taken(self, piece.from(), piece.parcel(), parcel.have));
    return isNext && parcel.isTaken() ? Optional.of(parcel.take()) : Optional.empty();
  }

  /** Some time has passed: what has not moved since the last time is sent again, or given up. */
  void resend() {
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
      } else {
        parcel.sent = parcel.taken;
        go(entry.getKey(), parcel);
      }
    }
    coming.values().forEach(parcel -> parcel.hasMoved = false);
  }

  /** That one is gone for ever. */
  void left(ReplicaId other) {
    leaving.remove(other);
    coming.remove(other);
  }
}
