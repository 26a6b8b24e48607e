package dev.synod.benchmarks.jmh;

import dev.synod.core.Bytes;
import dev.synod.core.Configuration;
import dev.synod.core.Entry;
import dev.synod.core.EntryKind;
import dev.synod.core.LogPosition;
import dev.synod.core.Member;
import dev.synod.core.NodeAddress;
import dev.synod.core.StoreId;
import dev.synod.core.Term;
import dev.synod.log.LogView;
import dev.synod.raft.protocol.RaftMessage.AppendAccepted;
import dev.synod.raft.protocol.RaftMessage.VoteReply;
import dev.synod.raft.rules.Candidate;
import dev.synod.raft.rules.Leader;
import dev.synod.raft.rules.Priority;
import dev.synod.raft.rules.Proposal;
import dev.synod.raft.rules.ReplicationLimits;
import dev.synod.raft.rules.Server;
import dev.synod.raft.rules.Step;
import dev.synod.raft.rules.TermState;
import dev.synod.raft.rules.Votes;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** A leader of three decides: a batch of proposals, and a follower's answer to it. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class LeaderRules {

  private static final StoreId SELF = StoreId.of(1);
  private static final StoreId OTHER = StoreId.of(2);
  private static final Term TERM = new Term(5);
  private static final Proposal PROPOSAL =
      new Proposal(EntryKind.COMMAND, Bytes.wrap(new byte[100]));

  @Param({"1", "64"})
  public int proposals;

  private List<Proposal> batch;
  private Leader leading;
  private Leader waiting;
  private AppendAccepted answer;

  @Setup(Level.Trial)
  public void elect() {
    batch = Collections.nCopies(proposals, PROPOSAL);
    var members =
        LongStream.rangeClosed(1, 3)
            .mapToObj(n -> new Member(StoreId.of(n), new NodeAddress("n" + n, "jmh://n" + n)))
            .toList();
    var server =
        Server.of(
            SELF,
            new Configuration(members),
            new OfOneTerm(1_000_000),
            new ReplicationLimits(256, 256 << 10, 8),
            Priority.of(1));
    var candidate =
        new Candidate(
            server, TermState.notVotedIn(TERM).votingFor(SELF), 0, new Votes(Map.of(SELF, true)));
    leading = (Leader) candidate.voteReply(new VoteReply(OTHER, TERM, true)).after();
    waiting = (Leader) leading.propose(batch).after();
    answer = new AppendAccepted(OTHER, TERM, leading.server().log().last().index());
  }

  @Benchmark
  public Step propose() {
    return leading.propose(batch);
  }

  @Benchmark
  public Step accepted() {
    return waiting.appendAccepted(answer);
  }

  /** A log in which all entries are of one term, without any bytes. */
  private record OfOneTerm(long lastIndex) implements LogView {

    private static final Term EARLIER = new Term(4);

    @Override
    public LogPosition base() {
      return LogPosition.ZERO;
    }

    @Override
    public LogPosition last() {
      return new LogPosition(lastIndex, EARLIER);
    }

    @Override
    public Term termAt(long index) {
      return index == 0 ? Term.ZERO : EARLIER;
    }

    @Override
    public long firstIndexOfTermAt(long index) {
      return Math.min(1, index);
    }

    @Override
    public List<Entry> configurations() {
      return List.of();
    }

    @Override
    public long lastIndexWithin(long from, int entriesMax, long bytesMax) {
      return Math.min(lastIndex, from + entriesMax - 1);
    }
  }
}
