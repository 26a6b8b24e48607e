package dev.synod.testkit.history.check;

import dev.synod.testkit.history.Ending;
import dev.synod.testkit.history.History;
import dev.synod.testkit.history.Operation;
import dev.synod.testkit.history.model.RegisterModel;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Which read read from which write. Known only for registers that are read and written and whose
 * written values are all different (Misra 1986); {@link #unfit} tells if a history is not so.
 *
 * <p>Reads that ended well and the writes that were read or ended well are numbered, and so is the
 * initial value of each key, as a write before all others.
 */
final class ReadsFrom {

  /** A read or a write; the initial value's has no operation. */
  record Access(Optional<Operation> operation, String key, String value, boolean isWrite) {

    @Override
    public String toString() {
      return operation.map(Operation::toString).orElse("initially, " + key + " is " + value);
    }
  }

  private record Written(String key, String value) {}

  private final List<Access> accesses = new ArrayList<>();
  private final Map<Written, Integer> writers = new HashMap<>();
  private final Map<String, List<Integer>> writesOf = new HashMap<>();
  private final Map<String, List<Integer>> clients = new LinkedHashMap<>();
  private final List<Integer> sources = new ArrayList<>();
  private final Precedence programOrder;
  private Optional<Witness> unwritten = Optional.empty();

  /**
   * @param history one that is fit
   */
  ReadsFrom(History history, RegisterModel model) {
    var operations = history.operations();
    operations.forEach(operation -> addInitial(operation.call().key(), model.initial()));
    operations.stream().filter(ReadsFrom::mayWrite).forEach(this::addWrite);
    operations.stream().filter(ReadsFrom::hasRead).forEach(this::addRead);
    programOrder = new Precedence(accesses.size());
    order(operations);
  }

  /** Why this class can't tell who read from whom; empty if it can. */
  static Optional<String> unfit(History history, RegisterModel model, CheckLimits limits) {
    if (history.operations().size() > limits.relatedMax()) {
      return Optional.of(
          "%d operations are more than relatedMax (%d)"
              .formatted(history.operations().size(), limits.relatedMax()));
    }
    Map<Written, Operation> written = new HashMap<>();
    for (var operation : history.operations()) {
      var call = operation.call();
      if (operation.ending() == Ending.REJECTED || RegisterModel.isRead(call)) {
        continue;
      }
      if (!RegisterModel.isWrite(call)) {
        return Optional.of("only reads and writes can be related, not \"" + call + "\"");
      }
      var value = call.argument(0);
      if (value.equals(model.initial())
          || written.put(new Written(call.key(), value), operation) != null) {
        return Optional.of(
            "value %s of key %s is written twice, or is the initial one: who read which?"
                .formatted(value, call.key()));
      }
    }
    return Optional.empty();
  }

  private static boolean mayWrite(Operation operation) {
    return RegisterModel.isWrite(operation.call()) && operation.ending() != Ending.REJECTED;
  }

  private static boolean hasRead(Operation operation) {
    return RegisterModel.isRead(operation.call()) && operation.ending() == Ending.OK;
  }

  private void addInitial(String key, String value) {
    if (!writesOf.containsKey(key)) {
      addWrite(new Access(Optional.empty(), key, value, true));
    }
  }

  private void addWrite(Operation operation) {
    var call = operation.call();
    addWrite(new Access(Optional.of(operation), call.key(), call.argument(0), true));
  }

  private void addWrite(Access write) {
    writers.put(new Written(write.key(), write.value()), accesses.size());
    writesOf.computeIfAbsent(write.key(), key -> new ArrayList<>()).add(accesses.size());
    sources.add(accesses.size());
    accesses.add(write);
  }

  private void addRead(Operation operation) {
    var read =
        new Access(
            Optional.of(operation),
            operation.call().key(),
            operation.result().orElseThrow(),
            false);
    var source = Optional.ofNullable(writers.get(new Written(read.key(), read.value())));
    if (source.isEmpty() && unwritten.isEmpty()) {
      unwritten =
          Optional.of(
              new Witness(
                  "what was read was never written, or its write was rejected:\n    "
                      + operation
                      + "\n",
                  List.of(operation)));
    }
    sources.add(source.orElse(accesses.size()));
    accesses.add(read);
  }

  /** Each client's order, and initial values before all writes. */
  private void order(List<Operation> operations) {
    Map<Integer, Integer> numbers = new HashMap<>();
    for (int number = 0; number < accesses.size(); number++) {
      int own = number;
      accesses.get(number).operation().ifPresent(each -> numbers.put(each.number(), own));
    }
    for (var operation : operations) {
      var number = Optional.ofNullable(numbers.get(operation.number()));
      number.ifPresent(own -> follow(operation, own));
    }
    var initially = new Precedence.Reason("the initial value is before all written ones", 1);
    for (var writes : writesOf.values()) {
      writes.stream().skip(1).forEach(each -> programOrder.add(writes.get(0), each, initially));
    }
  }

  private void follow(Operation operation, int number) {
    var own = clients.computeIfAbsent(operation.process(), client -> new ArrayList<>());
    if (!own.isEmpty()) {
      var reason = new Precedence.Reason("in the order of " + operation.process(), 0);
      programOrder.add(own.get(own.size() - 1), number, reason);
    }
    // What has an unknown outcome may happen after its client's next operations.
    if (operation.ending() == Ending.OK) {
      own.add(number);
    }
  }

  /** The first read whose value nobody wrote. */
  Optional<Witness> unwritten() {
    return unwritten;
  }

  /** Each client's own order alone. */
  Precedence programOrder() {
    return new Precedence(programOrder);
  }

  /** Lets these reads come after the writes that they read. */
  void addSources(Precedence order, List<Integer> reads) {
    for (int read : reads) {
      if (!accesses.get(read).isWrite()) {
        order.add(source(read), read, new Precedence.Reason("was read by", 1));
      }
    }
  }

  /** Causes: each client's order, and writes before their reads (Ahamad et al. 1995, §2.2). */
  Precedence causes() {
    var causes = programOrder();
    clients.values().forEach(own -> addSources(causes, own));
    return causes;
  }

  Access access(int number) {
    return accesses.get(number);
  }

  /** The write that a read read. */
  int source(int read) {
    return sources.get(read);
  }

  /** The writes of a key, the initial value first. */
  List<Integer> writesOf(String key) {
    return writesOf.getOrDefault(key, List.of());
  }

  /** What each client has certainly done, in its order. */
  Map<String, List<Integer>> clients() {
    return clients;
  }

  /** A way from one access to the next, for a person. */
  Witness tell(String what, List<Precedence.Pair> path) {
    var text = new StringBuilder(what).append('\n');
    var told = new ArrayList<Operation>();
    for (int i = 0; i < path.size(); i++) {
      var pair = path.get(i);
      boolean goesOn = i > 0 && path.get(i - 1).reason().equals(pair.reason());
      if (!goesOn || pair.reason().cost() > 0) {
        text.append("    ").append(access(pair.before())).append('\n');
        access(pair.before()).operation().ifPresent(told::add);
        text.append("      ").append(pair.reason().text()).append('\n');
      }
    }
    var last = access(path.get(path.size() - 1).after());
    text.append("    ").append(last).append('\n');
    last.operation().ifPresent(told::add);
    return new Witness(text.toString(), told);
  }
}
