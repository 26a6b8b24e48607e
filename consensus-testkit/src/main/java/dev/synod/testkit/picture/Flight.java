package dev.synod.testkit.picture;

import org.jspecify.annotations.Nullable;

/** A message on its way, with what has become of it so far; times are virtual nanoseconds. */
final class Flight {

  final String from;
  final String to;
  final long sentAt;
  final Object message;
  private @Nullable Long arrivedAt;
  private @Nullable Long arrivedAgainAt;
  private @Nullable Long lostAt;

  Flight(String from, String to, long sentAt, Object message) {
    this.from = from;
    this.to = to;
    this.sentAt = sentAt;
    this.message = message;
  }

  void arrived(long at) {
    if (arrivedAt == null) {
      arrivedAt = at;
    } else {
      arrivedAgainAt = at;
    }
  }

  void lost(long at) {
    lostAt = at;
  }

  @Nullable Long arrivedAt() {
    return arrivedAt;
  }

  /** Of a message that was doubled. */
  @Nullable Long arrivedAgainAt() {
    return arrivedAgainAt;
  }

  @Nullable Long lostAt() {
    return lostAt;
  }
}
