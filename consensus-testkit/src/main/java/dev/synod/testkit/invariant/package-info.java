/**
 * What must be true of a replicated group at every moment, one class for each property, over a view
 * that any protocol can offer: Raft's terms, Paxos's ballots and ZAB's epochs are all {@code epoch}
 * here.
 *
 * <p>Sources: Raft is Ongaro and Ousterhout 2014, thesis is Ongaro 2014.
 *
 * <table>
 * <caption>Properties</caption>
 * <tr><th>property</th><th>source</th><th>class</th></tr>
 * <tr><td>at most one leader an epoch</td><td>Raft Fig. 3, §5.2</td>
 *     <td>{@link dev.synod.testkit.invariant.ElectionSafety}</td></tr>
 * <tr><td>a leader never overwrites or deletes its entries</td><td>Raft Fig. 3, §5.3</td>
 *     <td>{@link dev.synod.testkit.invariant.LeaderAppendOnly}</td></tr>
 * <tr><td>equal index and epoch: equal entries up to there</td><td>Raft Fig. 3, §5.3</td>
 *     <td>{@link dev.synod.testkit.invariant.LogMatching}</td></tr>
 * <tr><td>what was committed is in the logs of all later leaders</td><td>Raft Fig. 3, §5.4</td>
 *     <td>{@link dev.synod.testkit.invariant.LeaderCompleteness}</td></tr>
 * <tr><td>the same index is never applied differently, from a snapshot neither</td>
 *     <td>Raft Fig. 3, §5.4.3, §7</td>
 *     <td>{@link dev.synod.testkit.invariant.StateMachineSafety}</td></tr>
 * <tr><td>epochs never go down, and survive what was said in them</td><td>Raft Fig. 2, §5.1</td>
 *     <td>{@link dev.synod.testkit.invariant.DurableEpoch}</td></tr>
 * <tr><td>one vote an epoch, remembered</td><td>Raft Fig. 2, §5.2</td>
 *     <td>{@link dev.synod.testkit.invariant.DurableVote}</td></tr>
 * <tr><td>what a replica confirmed to hold is there after a crash</td><td>Raft Fig. 2, §5.3</td>
 *     <td>{@link dev.synod.testkit.invariant.DurableConfirmation}</td></tr>
 * <tr><td>what is committed is on a majority's disks</td><td>Raft §5.3, §6; thesis §10.2.1</td>
 *     <td>{@link dev.synod.testkit.invariant.DurableCommit}</td></tr>
 * <tr><td>what is committed is on a full replica's disk: witnesses are a minority</td>
 *     <td>DESIGN, witnesses</td>
 *     <td>{@link dev.synod.testkit.invariant.CommittedInFull}</td></tr>
 * <tr><td>a witness neither leads nor has a state</td><td>DESIGN, witnesses</td>
 *     <td>{@link dev.synod.testkit.invariant.WitnessesStandAside}</td></tr>
 * <tr><td>leaders have the votes of a majority, of both while joint</td><td>Raft §5.2, §6</td>
 *     <td>{@link dev.synod.testkit.invariant.ElectedByQuorum}</td></tr>
 * <tr><td>the newest configuration in the log counts</td><td>Raft §6</td>
 *     <td>{@link dev.synod.testkit.invariant.NewestCounts}</td></tr>
 * <tr><td>majorities of successive configurations overlap, one change at a time</td>
 *     <td>Raft §6, thesis §4.1</td>
 *     <td>{@link dev.synod.testkit.invariant.OverlappingSteps}</td></tr>
 * <tr><td>new voters have what is committed</td><td>thesis §4.2.1</td>
 *     <td>{@link dev.synod.testkit.invariant.NewVotersKnow}</td></tr>
 * <tr><td>a snapshot holds the configuration of its place</td><td>Raft §7</td>
 *     <td>{@link dev.synod.testkit.invariant.SnapshotNamesMembers}</td></tr>
 * <tr><td>a change of members leads from where it was meant to its goal, or is not made</td>
 *     <td>DESIGN, membership</td>
 *     <td>{@link dev.synod.testkit.invariant.ChangesDoNotCross}</td></tr>
 * <tr><td>one value a slot and ballot</td><td>Lamport 2001, §2.2</td>
 *     <td>{@link dev.synod.testkit.invariant.OneValueABallot}</td></tr>
 * <tr><td>after a choice, higher ballots are for the same value</td>
 *     <td>Lamport 2001, P2, P2a</td>
 *     <td>{@link dev.synod.testkit.invariant.ChosenStaysChosen}</td></tr>
 * <tr><td>promises rise, are durable, and bind</td><td>Lamport 2001, P1a, §2.5</td>
 *     <td>{@link dev.synod.testkit.invariant.DurablePromise}</td></tr>
 * <tr><td>acceptances are said once they are durable</td><td>Lamport 2001, §2.5</td>
 *     <td>{@link dev.synod.testkit.invariant.DurableAcceptance}</td></tr>
 * <tr><td>what is taken for chosen is, by a quorum's votes on disks</td>
 *     <td>Lamport 2001, §2.3, §2.5</td>
 *     <td>{@link dev.synod.testkit.invariant.ChosenByQuorum}</td></tr>
 * <tr><td>what an acceptor's log loses is written down first</td><td>ADR 22</td>
 *     <td>{@link dev.synod.testkit.invariant.NotedCompaction}</td></tr>
 * <tr><td>the commit index never goes down, and is never beyond the log</td><td>Raft Fig. 2</td>
 *     <td>{@link dev.synod.testkit.invariant.CommitMonotonic}</td></tr>
 * <tr><td>what a client was told is done stays done, where it was told</td><td>Raft §8</td>
 *     <td>{@link dev.synod.testkit.invariant.NothingAcknowledgedIsLost}</td></tr>
 * <tr><td>a request is applied once, however often it is sent</td><td>thesis §6.3</td>
 *     <td>{@link dev.synod.testkit.invariant.ExactlyOnce}</td></tr>
 * <tr><td>a refused request is never applied</td><td>DESIGN, outcomes</td>
 *     <td>{@link dev.synod.testkit.invariant.RejectedIsNotTaken}</td></tr>
 * <tr><td>a linearizable read sees all that was acknowledged before</td><td>thesis §6.4</td>
 *     <td>{@link dev.synod.testkit.invariant.ReadsSeeAcknowledged}</td></tr>
 * <tr><td>no queue of a replica outgrows its setting</td><td>DESIGN, every queue has a bound</td>
 *     <td>{@link dev.synod.testkit.invariant.BoundedQueues}</td></tr>
 * <tr><td>a watch tells of every change, in order and once</td><td>DESIGN, watches</td>
 *     <td>{@link dev.synod.testkit.invariant.WatchesComplete}</td></tr>
 * </table>
 */
@NullMarked
package dev.synod.testkit.invariant;

import org.jspecify.annotations.NullMarked;
