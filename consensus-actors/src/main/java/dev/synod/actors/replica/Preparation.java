package dev.synod.actors.replica;

import dev.synod.actors.message.ClientMessage.Proposal;
import dev.synod.actors.primarybackup.PreparingMachine;
import dev.synod.actors.replica.ApplierMessage.Prepare;
import dev.synod.actors.replica.ApplierMessage.Prepared;
import dev.synod.actors.replica.ApplierMessage.Refused;
import dev.synod.actors.replica.ClientQueue.Proposed;
import dev.synod.actors.wire.EncodedCommand;
import dev.synod.actors.wire.EncodedValue;
import dev.synod.core.EntryKind;
import java.io.NotSerializableException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.apache.pekko.serialization.Serialization;

/**
 * Has a leader's requests prepared, in the order in which they came. The first of a leader wait
 * until all is applied that was prepared before; how many may wait is the leader's affair.
 */
final class Preparation {

  private final ReplicatedState<?, ?, ?> state;
  private final PreparingMachine<?, ?, ?> machine;
  private final Serialization serialization;
  private final int bytesMax;
  private final Consumer<Prepared> done;
  private final ArrayDeque<Prepare> waiting = new ArrayDeque<>();

  /**
   * @param bytesMax of a transaction
   * @param done takes what was prepared
   */
  Preparation(
      ReplicatedState<?, ?, ?> state,
      PreparingMachine<?, ?, ?> machine,
      Serialization serialization,
      int bytesMax,
      Consumer<Prepared> done) {
    this.state = state;
    this.machine = machine;
    this.serialization = serialization;
    this.bytesMax = bytesMax;
    this.done = done;
  }

  void add(Prepare prepare) {
    waiting.add(prepare);
    work();
  }

  /** Something was applied. */
  void work() {
    while (!waiting.isEmpty() && (isOver(waiting.element()) || isReady(waiting.element()))) {
      var next = waiting.remove();
      done.accept(isOver(next) ? refused(next, "another leader prepares") : prepared(next));
    }
  }

  private boolean isOver(Prepare prepare) {
    return !waiting.isEmpty() && waiting.getLast().epoch() > prepare.epoch();
  }

  /** The state can't be trusted any more. */
  void giveUp(String why) {
    while (!waiting.isEmpty()) {
      done.accept(refused(waiting.remove(), why));
    }
  }

  static Prepared refused(Prepare prepare, String why) {
    return new Prepared(
        prepare.epoch(),
        List.of(),
        prepare.proposed().stream().map(one -> new Refused(one, why)).toList());
  }

  private boolean isReady(Prepare prepare) {
    return machine.isPreparing(prepare.epoch()) || state.applied().index() >= prepare.after();
  }

  private Prepared prepared(Prepare prepare) {
    var proposed = new ArrayList<Proposed>(prepare.proposed().size());
    var refused = new ArrayList<Refused>(0);
    for (Proposed one : prepare.proposed()) {
      if (!machine.isPreparing(prepare.epoch())) {
        machine.begin(prepare.epoch());
      }
      try {
        proposed.add(prepared(one));
      } catch (NotSerializableException | IllegalArgumentException e) {
        refused.add(new Refused(one, String.valueOf(e.getMessage())));
      }
    }
    return new Prepared(prepare.epoch(), proposed, refused);
  }

  /** Of a request that will not be applied again, nothing comes but its answer. */
  private Proposed prepared(Proposed proposed) throws NotSerializableException {
    var proposal = proposed.proposal();
    if (proposal.kind() != EntryKind.COMMAND) {
      return proposed;
    }
    var command = EncodedCommand.decode(proposal.payload());
    if (!state.isNew(command)) {
      return proposed;
    }
    var request =
        new EncodedValue(command.serializerId(), command.manifest(), command.body())
            .decode(serialization);
    var value = prepared(request);
    var transaction =
        new EncodedCommand(
            command.session(),
            command.request(),
            command.ackedBelow(),
            value.serializerId(),
            value.manifest(),
            value.body());
    return new Proposed(
        proposed.client(), new Proposal(proposal.tag(), proposal.kind(), transaction.encode()));
  }

  private EncodedValue prepared(Object request) throws NotSerializableException {
    var transaction = machine.prepare(request);
    try {
      var value = EncodedValue.of(transaction, serialization);
      int length = value.body().length();
      if (length > bytesMax) {
        throw new IllegalArgumentException(
            "a transaction takes %d bytes, but synod.command-bytes-max is %d"
                .formatted(length, bytesMax));
      }
      return value;
    } catch (NotSerializableException | IllegalArgumentException e) {
      machine.takeBack();
      throw e;
    }
  }
}
