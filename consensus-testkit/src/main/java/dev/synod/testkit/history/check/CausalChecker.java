package dev.synod.testkit.history.check;

import dev.synod.testkit.history.History;
import dev.synod.testkit.history.model.RegisterModel;
import java.util.List;
import java.util.Optional;

/**
 * Tells whether a history of reads and writes is causal (Ahamad et al. 1995), or at least PRAM
 * (Lipton and Sandberg 1988): whether for each client there is an order of all writes and its own
 * reads which explains these reads and keeps, for causal, cause before effect, for PRAM, each
 * client's order.
 *
 * <p>With all written values different this needs no search: let writes come before the reads that
 * read them, and if a read knows of two writes and read one of them, let the other come before that
 * one; again and again until nothing new follows. The history is as promised if and only if this
 * never goes round in a circle (Bouajjani et al. 2017, §4, for causal memory). Other histories
 * remain undecided.
 */
public final class CausalChecker {

  private CausalChecker() {}

  /** Whether each client sees causes before effects. */
  public static Verdict causal(History history, RegisterModel model, CheckLimits limits) {
    return check(Consistency.CAUSAL, history, model, limits);
  }

  /** Whether each client sees each other one's writes in the order of their issue. */
  public static Verdict pram(History history, RegisterModel model, CheckLimits limits) {
    return check(Consistency.PRAM, history, model, limits);
  }

  private static Verdict check(
      Consistency promise, History history, RegisterModel model, CheckLimits limits) {
    var unfit = ReadsFrom.unfit(history, model, limits);
    if (unfit.isPresent()) {
      return new Verdict.Undecided(promise, unfit.get());
    }
    var readsFrom = new ReadsFrom(history, model);
    if (readsFrom.unwritten().isPresent()) {
      return new Verdict.Broken(promise, readsFrom.unwritten().get());
    }
    for (var client : readsFrom.clients().entrySet()) {
      var order = promise == Consistency.CAUSAL ? readsFrom.causes() : readsFrom.programOrder();
      if (promise == Consistency.PRAM) {
        readsFrom.addSources(order, client.getValue());
      }
      var circle = saturate(readsFrom, order, client.getValue());
      if (circle.isPresent()) {
        var what = "what " + client.getKey() + " has seen goes round in a circle:";
        return new Verdict.Broken(promise, readsFrom.tell(what, circle.get()));
      }
    }
    return new Verdict.Holds(promise);
  }

  /** Adds what follows for one client until nothing new does; returns a circle if there is one. */
  private static Optional<List<Precedence.Pair>> saturate(
      ReadsFrom readsFrom, Precedence order, List<Integer> own) {
    boolean grew = true;
    while (grew) {
      var circle = order.close();
      if (!circle.isEmpty()) {
        return Optional.of(circle);
      }
      grew = false;
      for (int read : own) {
        grew |= !readsFrom.access(read).isWrite() && overwrite(readsFrom, order, read);
      }
    }
    return Optional.empty();
  }

  /** All writes of its key that a read knows of are before the one that it read. */
  private static boolean overwrite(ReadsFrom readsFrom, Precedence order, int read) {
    boolean grew = false;
    int source = readsFrom.source(read);
    for (int write : readsFrom.writesOf(readsFrom.access(read).key())) {
      if (write != source && order.precedes(write, read) && !order.precedes(write, source)) {
        var text = "was known to the next, which read another; so that other is later:";
        var known = new Precedence.Reason(text + "\n      " + readsFrom.access(read), 1);
        order.add(write, source, known);
        grew = true;
      }
    }
    return grew;
  }
}
