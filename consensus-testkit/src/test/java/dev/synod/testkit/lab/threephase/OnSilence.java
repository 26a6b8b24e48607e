package dev.synod.testkit.lab.threephase;

/** What a participant does that hears no more of its coordinator. */
enum OnSilence {
  /** Aborts if it was not told to prepare for the commit; commits if it was. */
  DECIDE_ALONE,
  /** Asks the others first: one that is prepared, or has decided, settles it for all (Skeen). */
  ASK_THE_OTHERS
}
