/**
 * Liars: the Byzantine generals (Lamport, Shostak, Pease, "The Byzantine Generals Problem", 1982)
 * with every strategy of the traitor tried, and what a single liar does to Raft, which was never
 * made to bear one.
 */
@NullMarked
package dev.synod.testkit.lab.byzantine;

import org.jspecify.annotations.NullMarked;
