package dev.synod.log;

import java.util.ArrayList;
import java.util.List;

/** What a listener was told, in order. */
final class Told implements GroupLog.Listener {

  final List<Long> durable = new ArrayList<>();
  final List<LogFailure> failed = new ArrayList<>();

  @Override
  public void durable(long ticket) {
    durable.add(ticket);
  }

  @Override
  public void failed(LogFailure failure) {
    failed.add(failure);
  }

  long last() {
    return durable.isEmpty() ? 0 : durable.get(durable.size() - 1);
  }
}
