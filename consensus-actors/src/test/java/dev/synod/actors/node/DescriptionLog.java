package dev.synod.actors.node;

import dev.synod.core.Bytes;
import dev.synod.core.Entry;
import dev.synod.core.GroupId;
import dev.synod.core.LogPosition;
import dev.synod.core.Term;
import dev.synod.log.GroupLog;
import dev.synod.log.LogFailure;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** A group's log of which only the description is used; durable when the test says so. */
final class DescriptionLog implements GroupLog {

  private final GroupId group;
  private volatile Optional<Bytes> description;
  private volatile Optional<Listener> listener = Optional.empty();
  private volatile long lastTicket;

  DescriptionLog(GroupId group, Optional<Bytes> description) {
    this.group = group;
    this.description = description;
  }

  void becomeDurable() {
    listener.orElseThrow().durable(lastTicket);
  }

  void fail(String text) {
    listener.orElseThrow().failed(new LogFailure(LogFailure.Kind.IO, text));
  }

  @Override
  public List<Entry> configurations() {
    return List.of();
  }

  @Override
  public GroupId group() {
    return group;
  }

  @Override
  public Optional<Bytes> saved() {
    return Optional.empty();
  }

  @Override
  public Optional<Bytes> description() {
    return description;
  }

  @Override
  public long describe(Bytes how) {
    description = Optional.of(how);
    lastTicket = 1;
    return lastTicket;
  }

  @Override
  public long lastTicket() {
    return lastTicket;
  }

  @Override
  public long durableTicket() {
    return 0;
  }

  @Override
  public void listener(Listener one) {
    listener = Optional.of(one);
  }

  @Override
  public int entryBytesMax() {
    return Integer.MAX_VALUE;
  }

  @Override
  public boolean isBusy() {
    return false;
  }

  @Override
  public LogPosition base() {
    return LogPosition.ZERO;
  }

  @Override
  public LogPosition last() {
    return LogPosition.ZERO;
  }

  @Override
  public long append(List<Entry> entries) {
    throw unused();
  }

  @Override
  public long save(Bytes hardState) {
    throw unused();
  }

  @Override
  public long truncateFrom(long index) {
    throw unused();
  }

  @Override
  public long compactTo(LogPosition upTo) {
    throw unused();
  }

  @Override
  public Optional<List<Entry>> cached(long from, long to) {
    throw unused();
  }

  @Override
  public void read(long from, long to, Consumer<ReadResult> callback) {
    throw unused();
  }

  @Override
  public Term termAt(long index) {
    throw unused();
  }

  @Override
  public long firstIndexOfTermAt(long index) {
    throw unused();
  }

  @Override
  public long lastIndexWithin(long from, int entriesMax, long bytesMax) {
    throw unused();
  }

  private static UnsupportedOperationException unused() {
    return new UnsupportedOperationException("a founding only describes");
  }
}
