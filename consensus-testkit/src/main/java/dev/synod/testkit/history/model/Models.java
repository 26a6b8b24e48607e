package dev.synod.testkit.history.model;

import dev.synod.testkit.history.Call;

/** The models that are there. All have any number of objects, told apart by the calls' keys. */
public final class Models {

  private Models() {}

  /** Registers which hold {@link Call#NIL} at first. See {@link RegisterModel}. */
  public static RegisterModel register() {
    return new RegisterModel(Call.NIL);
  }

  /** Registers which hold the given value at first. */
  public static RegisterModel register(String initial) {
    return new RegisterModel(initial);
  }

  /** A map of keys to values with compare-and-set: a register for each key. */
  public static RegisterModel keyValue() {
    return new RegisterModel(Call.NIL);
  }

  /** Counters from 0. See {@link CounterModel}. */
  public static CounterModel counter() {
    return new CounterModel();
  }

  /** Sets, empty at first. See {@link SetModel}. */
  public static SetModel set() {
    return new SetModel();
  }

  /** First-in-first-out queues, empty at first. See {@link QueueModel}. */
  public static QueueModel queue() {
    return new QueueModel();
  }

  /** Locks with fencing tokens, free at first. See {@link LockModel}. */
  public static LockModel lock() {
    return new LockModel();
  }
}
