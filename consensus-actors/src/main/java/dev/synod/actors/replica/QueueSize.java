package dev.synod.actors.replica;

import dev.synod.actors.meters.ReplicaMeters;

/** How much waits in one of a replica's queues. The meters hear of it when it changes. */
public final class QueueSize {

  private final ReplicaMeters meters;
  private final String setting;
  private long told;

  /**
   * @param setting that bounds the queue, without the protocol's section
   */
  public QueueSize(ReplicaMeters meters, String setting) {
    this.meters = meters;
    this.setting = setting;
  }

  /** Its owner goes by the setting as it is now. */
  public void retuned() {
    meters.retuned(setting);
  }

  /** So much waits now. */
  public void is(long size) {
    if (size != told) {
      told = size;
      meters.waiting(setting, size);
    }
  }
}
