package dev.synod.testkit.history.check;

import dev.synod.testkit.history.Ending;
import dev.synod.testkit.history.History;
import dev.synod.testkit.history.Operation;
import dev.synod.testkit.history.model.RegisterModel;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiPredicate;

/**
 * Causal memory, PRAM and stale reads, by their definitions and by trying all orders. For registers
 * with written values that are all different.
 */
final class BruteForceCausal {

  private final List<Operation> operations;
  private final RegisterModel model;
  private final boolean[][] causes;

  BruteForceCausal(History history, RegisterModel model) {
    this.model = model;
    this.operations =
        history.operations().stream()
            .filter(each -> each.ending() == Ending.OK || isUnknownWrite(each))
            .toList();
    int size = operations.size();
    causes = new boolean[size][size];
    for (int i = 0; i < size; i++) {
      for (int j = 0; j < size; j++) {
        causes[i][j] = isDirectCause(operations.get(i), operations.get(j));
      }
    }
    for (int k = 0; k < size; k++) {
      for (int i = 0; i < size; i++) {
        for (int j = 0; j < size; j++) {
          causes[i][j] |= causes[i][k] && causes[k][j];
        }
      }
    }
  }

  private static boolean isUnknownWrite(Operation operation) {
    return operation.ending() == Ending.UNKNOWN && RegisterModel.isWrite(operation.call());
  }

  private boolean isDirectCause(Operation one, Operation other) {
    return BruteForce.isBeforeInProgram(one, other) || isReadBy(one, other);
  }

  static boolean isReadBy(Operation write, Operation read) {
    return RegisterModel.isWrite(write.call())
        && RegisterModel.isRead(read.call())
        && write.call().key().equals(read.call().key())
        && read.result().equals(Optional.of(write.call().argument(0)));
  }

  boolean isCause(Operation one, Operation other) {
    return causes[operations.indexOf(one)][operations.indexOf(other)];
  }

  /** Ahamad et al. 1995: each client can order all writes and its own reads, causes first. */
  boolean isCausal() {
    return eachClientCanOrder(this::isCause);
  }

  /** The same, keeping each client's order only. */
  boolean isPram() {
    return eachClientCanOrder(BruteForce::isBeforeInProgram);
  }

  private boolean eachClientCanOrder(BiPredicate<Operation, Operation> before) {
    return operations.stream()
        .map(Operation::process)
        .distinct()
        .allMatch(
            client -> {
              var own = new ArrayList<Operation>();
              for (var each : operations) {
                if (RegisterModel.isWrite(each.call()) ? isNeeded(each) : is(client, each)) {
                  own.add(each);
                }
              }
              return BruteForce.anyOrder(
                  own,
                  0,
                  order -> BruteForce.keeps(order, before) && BruteForce.explains(order, model));
            });
  }

  private static boolean is(String client, Operation operation) {
    return operation.process().equals(client);
  }

  /** A write of unknown outcome that nobody read need not have happened. */
  private boolean isNeeded(Operation write) {
    return write.ending() == Ending.OK
        || operations.stream().anyMatch(read -> isReadBy(write, read));
  }

  /** Whether some read is older than a write of the same key that is among its causes. */
  boolean hasStaleRead() {
    return operations.stream()
        .anyMatch(
            read ->
                operations.stream()
                    .anyMatch(write -> isNewerThanRead(write, read) && isCause(write, read)));
  }

  /** Whether some client reads something older than what it wrote itself. */
  boolean breaksReadYourWrites() {
    return operations.stream()
        .anyMatch(
            read ->
                operations.stream()
                    .anyMatch(
                        write ->
                            BruteForce.isBeforeInProgram(write, read)
                                && isNewerThanRead(write, read)));
  }

  /** Whether some client reads something older than what it read before. */
  boolean breaksMonotonicReads() {
    return operations.stream()
        .anyMatch(
            read ->
                operations.stream()
                    .filter(earlier -> BruteForce.isBeforeInProgram(earlier, read))
                    .anyMatch(
                        earlier ->
                            operations.stream()
                                .anyMatch(
                                    write ->
                                        isReadBy(write, earlier) && isNewerThanRead(write, read))));
  }

  private boolean isNewerThanRead(Operation write, Operation read) {
    return RegisterModel.isWrite(write.call())
        && RegisterModel.isRead(read.call())
        && write.call().key().equals(read.call().key())
        && (read.result().equals(Optional.of(model.initial()))
            || operations.stream().anyMatch(old -> isReadBy(old, read) && isCause(old, write)));
  }

  /** Whether a value was read that nobody wrote. */
  boolean hasReadTheUnwritten() {
    return operations.stream()
        .filter(read -> RegisterModel.isRead(read.call()))
        .filter(read -> !read.result().equals(Optional.of(model.initial())))
        .anyMatch(read -> operations.stream().noneMatch(write -> isReadBy(write, read)));
  }

  /** Whether an effect is among its own causes. */
  boolean isCyclic() {
    return operations.stream().anyMatch(each -> isCause(each, each));
  }
}
