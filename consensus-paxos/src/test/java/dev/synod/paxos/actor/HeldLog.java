package dev.synod.paxos.actor;

import dev.synod.core.GroupId;
import dev.synod.log.GroupLog;
import dev.synod.log.LogFailure;
import dev.synod.log.MemoryGroupLog;
import dev.synod.log.MemorySettings;
import java.lang.reflect.Proxy;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A log in memory that says that writes are durable only when the test does. */
final class HeldLog {

  private final MemoryGroupLog memory =
      new MemoryGroupLog(new GroupId("paxos"), MemorySettings.STANDARD);
  private Optional<GroupLog.Listener> listener = Optional.empty();
  private long durable;

  /** What an actor is given. May be given to another one later, as after a restart. */
  GroupLog asLog() {
    return (GroupLog)
        Proxy.newProxyInstance(
            GroupLog.class.getClassLoader(),
            new Class<?>[] {GroupLog.class},
            (proxy, method, arguments) ->
                switch (method.getName()) {
                  case "durableTicket" -> durable();
                  case "listener" -> listen((GroupLog.Listener) arguments[0]);
                  default -> method.invoke(memory, arguments);
                });
  }

  /** The disk has caught up with all writes so far. */
  synchronized void becomeDurable() {
    durable = memory.lastTicket();
    listener.ifPresent(one -> one.durable(durable));
  }

  synchronized void fail() {
    var failure = new LogFailure(LogFailure.Kind.IO, "the disk is gone");
    listener.ifPresent(one -> one.failed(failure));
  }

  private synchronized long durable() {
    return durable;
  }

  private synchronized @Nullable Object listen(GroupLog.Listener one) {
    listener = Optional.of(one);
    return null;
  }
}
