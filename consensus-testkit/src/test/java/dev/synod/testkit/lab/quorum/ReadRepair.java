package dev.synod.testkit.lab.quorum;

/** What a reader does about replicas that are behind. */
enum ReadRepair {
  /** Nothing. */
  NONE,

  /** It answers, and tells them the newest value in the background (Dynamo, 2007, §5). */
  ASYNCHRONOUS,

  /**
   * It tells all the newest value and answers when w of them have it: the second phase of a read in
   * Attiya, Bar-Noy, Dolev 1995. Who reads later can't miss what this one has told.
   */
  SYNCHRONOUS
}
