/**
 * What w + r &gt; n does not give: a register on n replicas, of which a write waits for w and a
 * read for r, as in Dynamo (DeCandia et al., "Dynamo: Amazon's Highly Available Key-value Store",
 * 2007, §4.5) and its kin. Each read meets each finished write; that alone is not linearizability
 * (Kleppmann, "Designing Data-Intensive Applications", 2017, chapter 9, figure 9-6). With a reader
 * that writes back before it answers it is (Attiya, Bar-Noy, Dolev, "Sharing Memory Robustly in
 * Message-Passing Systems", 1995), with a sloppy quorum not even the newest value is read. {@link
 * dev.synod.testkit.lab.quorum.RegisterLab} is the register; {@link
 * dev.synod.testkit.lab.quorum.SiblingLab} is one that keeps what was written concurrently; {@link
 * dev.synod.testkit.lab.quorum.Ring} says which replicas a key has.
 */
@NullMarked
package dev.synod.testkit.lab.quorum;

import org.jspecify.annotations.NullMarked;
