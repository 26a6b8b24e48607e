package dev.synod.testkit.history.check;

import dev.synod.testkit.history.Call;
import dev.synod.testkit.history.Ending;
import dev.synod.testkit.history.History;
import dev.synod.testkit.history.Operation;
import dev.synod.testkit.history.model.RegisterModel;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Tells whether a history of reads and writes is eventually consistent, as far as a finite one can
 * tell: every value read was written (or is the initial one), and for each key all clients' last
 * reads after the end of the last write agree. If they do not, they might have a little later: that
 * is undecided, not broken. Let a run end with a quiet time and a read by each client.
 */
public final class EventualChecker {

  private EventualChecker() {}

  /** Values may be written more than once, and any calls of the register are welcome. */
  public static Verdict check(History history, RegisterModel model) {
    Map<String, Set<String>> written = new HashMap<>();
    Map<String, Integer> quietFrom = new HashMap<>();
    for (var operation : history.operations()) {
      if (RegisterModel.isRead(operation.call()) || operation.ending() == Ending.REJECTED) {
        continue;
      }
      var key = operation.call().key();
      value(operation)
          .ifPresent(value -> written.computeIfAbsent(key, each -> new HashSet<>()).add(value));
      quietFrom.merge(key, operation.endedAt(), Math::max);
    }
    Map<String, Map<String, Operation>> last = new HashMap<>();
    for (var operation : history.operations()) {
      var call = operation.call();
      if (!RegisterModel.isRead(call) || operation.ending() != Ending.OK) {
        continue;
      }
      var value = operation.result().orElseThrow();
      if (!value.equals(model.initial())
          && !written.getOrDefault(call.key(), Set.of()).contains(value)) {
        var text = "what was read was never written, or its write was rejected:\n    ";
        return new Verdict.Broken(
            Consistency.EVENTUAL, new Witness(text + operation + "\n", List.of(operation)));
      }
      if (operation.invokedAt() > quietFrom.getOrDefault(call.key(), -1)) {
        last.computeIfAbsent(call.key(), each -> new HashMap<>())
            .put(operation.process(), operation);
      }
    }
    return agreement(last);
  }

  private static Optional<String> value(Operation operation) {
    return switch (operation.call().name()) {
      case "cas" -> Optional.of(operation.call().argument(1));
      case "delete" -> Optional.of(Call.NIL);
      default -> Optional.of(operation.call().argument(0));
    };
  }

  private static Verdict agreement(Map<String, Map<String, Operation>> last) {
    for (var reads : last.values()) {
      var first = reads.values().iterator().next();
      for (var other : reads.values()) {
        if (!other.result().equals(first.result())) {
          return new Verdict.Undecided(
              Consistency.EVENTUAL,
              "the last reads do not agree, or not yet:\n    " + first + "\n    " + other + "\n");
        }
      }
    }
    return new Verdict.Holds(Consistency.EVENTUAL);
  }
}
