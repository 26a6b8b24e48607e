package dev.synod.core;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What makes a retry harmless: for each client session, the replies already given (Ongaro's thesis
 * §6.3). Part of the replicated state, so every replica holds the same table; it changes only as
 * entries are applied, never by a clock.
 *
 * @param <R> replies, immutable
 */
public final class SessionTable<R> {

  private final SessionLimits limits;
  private final TreeMap<Long, ReplyWindow<R>> sessions = new TreeMap<>();

  /** All replicas of a group must have the same limits. */
  public SessionTable(SessionLimits limits) {
    this.limits = limits;
  }

  /** Registers a session of that id, which was never given away; false if there are too many. */
  public boolean open(long id) {
    if (sessions.size() >= limits.sessionsMax()) {
      return false;
    }
    sessions.put(id, window());
    return true;
  }

  public void close(long id) {
    sessions.remove(id);
  }

  public boolean isOpen(long id) {
    return sessions.containsKey(id);
  }

  public List<Long> ids() {
    return List.copyOf(sessions.keySet());
  }

  /**
   * Whether to apply this request.
   *
   * @param request numbered by the client from 1, without gaps
   * @param ackedBelow the client has all replies below this number: they are forgotten
   */
  public Verdict<R> admit(long id, long request, long ackedBelow) {
    var session = sessions.get(id);
    if (session == null) {
      return new Verdict.Expired<>();
    }
    session.forgetBelow(ackedBelow);
    if (request < session.from()) {
      return new Verdict.Forgotten<>();
    }
    R reply = session.get(request);
    if (reply != null) {
      return new Verdict.Repeat<>(reply);
    }
    return session.reaches(request) ? new Verdict.Fresh<>() : new Verdict.Full<>();
  }

  /** Whether that request was not answered yet, in a session that is open. Changes nothing. */
  public boolean isNew(long id, long request) {
    var session = sessions.get(id);
    return session != null && request >= session.from() && session.get(request) == null;
  }

  /** Keeps the reply of a request which was {@link Verdict.Fresh}, until the client has it. */
  public void keep(long id, long request, R reply) {
    var session = sessions.get(id);
    Invariants.check(session != null, "a reply is kept for an open session only, not for %s", id);
    if (session != null) {
      session.put(request, reply);
    }
  }

  /** The whole table as values, in order. */
  public List<Kept<R>> snapshot() {
    var all = new ArrayList<Kept<R>>(sessions.size());
    sessions.forEach((id, session) -> all.add(new Kept<>(id, session.from(), session.replies())));
    return all;
  }

  public void restore(List<Kept<R>> kept) {
    sessions.clear();
    for (Kept<R> one : kept) {
      var session = window();
      session.forgetBelow(one.forgottenBelow());
      one.replies().forEach(session::put);
      sessions.put(one.id(), session);
    }
  }

  /** One session as a value. */
  public record Kept<R>(long id, long forgottenBelow, Map<Long, R> replies) {}

  /** What to do with a request. */
  public sealed interface Verdict<R> {
    /** New: apply it, then {@link SessionTable#keep} the reply. */
    record Fresh<R>() implements Verdict<R> {}

    /** Applied before: give this reply again. */
    record Repeat<R>(R reply) implements Verdict<R> {}

    /** Applied before, and the client said that it had the reply: nothing to do. */
    record Forgotten<R>() implements Verdict<R> {}

    /** The client never acknowledges: nothing was applied. */
    record Full<R>() implements Verdict<R> {}

    /** No such session, or not any more: nothing was applied. */
    record Expired<R>() implements Verdict<R> {}
  }

  private ReplyWindow<R> window() {
    return new ReplyWindow<>(limits.repliesPerSessionMax());
  }
}
