package dev.synod.samples.modes;

/** One thing to be shown, on three nodes. */
interface Act {

  /** A line about it. */
  String title();

  /** Shows it, and leaves all links open. */
  void play(Cluster cluster, Notes notes);
}
