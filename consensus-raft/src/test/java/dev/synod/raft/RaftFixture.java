package dev.synod.raft;

import dev.synod.core.Bytes;
import dev.synod.core.Configuration;
import dev.synod.core.Entry;
import dev.synod.core.EntryKind;
import dev.synod.core.LogPosition;
import dev.synod.core.Member;
import dev.synod.core.NodeAddress;
import dev.synod.core.StoreId;
import dev.synod.core.Term;
import dev.synod.raft.protocol.RaftMessage;
import dev.synod.raft.protocol.RaftMessage.AppendAccepted;
import dev.synod.raft.protocol.RaftMessage.AppendEntries;
import dev.synod.raft.protocol.RaftMessage.AppendRejected;
import dev.synod.raft.protocol.RaftMessage.Heartbeat;
import dev.synod.raft.protocol.RaftMessage.HeartbeatReply;
import dev.synod.raft.protocol.RaftMessage.InstallSnapshot;
import dev.synod.raft.protocol.RaftMessage.RequestVote;
import dev.synod.raft.protocol.RaftMessage.VoteReply;
import dev.synod.raft.rules.Candidate;
import dev.synod.raft.rules.Effect;
import dev.synod.raft.rules.Follower;
import dev.synod.raft.rules.Leader;
import dev.synod.raft.rules.PreCandidate;
import dev.synod.raft.rules.Priority;
import dev.synod.raft.rules.Progress;
import dev.synod.raft.rules.Proposal;
import dev.synod.raft.rules.ReplicationLimits;
import dev.synod.raft.rules.Role;
import dev.synod.raft.rules.Server;
import dev.synod.raft.rules.Step;
import dev.synod.raft.rules.TermState;
import dev.synod.raft.rules.Votes;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/** The words in which the paper tests are written. Unless said otherwise, we are S1 of three. */
final class RaftFixture {

  static final StoreId S1 = StoreId.of(1);
  static final StoreId S2 = StoreId.of(2);
  static final StoreId S3 = StoreId.of(3);
  static final StoreId S4 = StoreId.of(4);
  static final StoreId S5 = StoreId.of(5);
  static final StoreId STRANGER = StoreId.of(99);

  static final ReplicationLimits ROOMY = new ReplicationLimits(100, 10_000, 4);

  private RaftFixture() {}

  static Term term(long number) {
    return new Term(number);
  }

  static LogPosition at(long index, long term) {
    return new LogPosition(index, term(term));
  }

  static ListLog log(long... terms) {
    return ListLog.of(terms);
  }

  static Configuration group(int size) {
    return new Configuration(
        IntStream.rangeClosed(1, size)
            .mapToObj(n -> new Member(StoreId.of(n), new NodeAddress("n" + n, "sim://n" + n)))
            .toList());
  }

  /** The same, in which these are witnesses. */
  static Configuration group(int size, StoreId... witnesses) {
    return new Configuration(group(size).members(), List.of(witnesses));
  }

  static Server server(StoreId self, Configuration configuration, ListLog log) {
    return Server.of(self, configuration, log, ROOMY, Priority.of(1));
  }

  static Server server(StoreId self, int size, ListLog log) {
    return Server.of(self, group(size), log, ROOMY, Priority.of(1));
  }

  // Roles.

  static Follower follower(long term, ListLog log) {
    return follower(server(S1, 3, log), term);
  }

  static Follower follower(Server server, long term) {
    return Follower.atStart(server, TermState.notVotedIn(term(term)), 0);
  }

  static Follower following(StoreId leader, long term, ListLog log, long commitIndex) {
    var state = TermState.notVotedIn(term(term));
    return new Follower(server(S1, 3, log), state, commitIndex, Optional.of(leader), true);
  }

  static PreCandidate preCandidate(long term, ListLog log) {
    return (PreCandidate) checked(follower(term, log).electionTimeout()).after();
  }

  /** Its own vote is durable and counted. */
  static Candidate candidate(long term, ListLog log) {
    return candidate(server(S1, 3, log), term);
  }

  static Candidate candidate(Server server, long term) {
    var state = TermState.notVotedIn(term(term)).votingFor(server.self());
    return new Candidate(server, state, 0, new Votes(Map.of(server.self(), true)));
  }

  /** Elected in that term: its no-op is appended to the log, and not yet durable. */
  static Leader leader(long term, ListLog log) {
    return leader(server(S1, 3, log), term, log);
  }

  static Leader leader(Server server, long term, ListLog log) {
    Role role = candidate(server, term);
    for (StoreId other : server.others()) {
      if (role instanceof Candidate) {
        var step = hear(role, voteReply(other, term, true));
        step.effects().forEach(log::perform);
        role = step.after();
      }
    }
    return (Leader) role;
  }

  // Inputs.

  /** The role hears a message; the step keeps its promises. */
  static Step hear(Role role, RaftMessage message) {
    return checked(role.receive(message));
  }

  static Step checked(Step step) {
    return Promises.kept(step);
  }

  /** One command a name, proposed together; the log is extended as the step asks. */
  static Step propose(Leader leader, ListLog log, String... commands) {
    var proposals =
        Stream.of(commands).map(c -> new Proposal(EntryKind.COMMAND, Bytes.utf8(c))).toList();
    var step = checked(leader.propose(proposals));
    step.effects().forEach(log::perform);
    return step;
  }

  // Messages.

  static RequestVote requestVote(StoreId from, long term, LogPosition lastLog) {
    return new RequestVote(from, term(term), lastLog, false);
  }

  static VoteReply voteReply(StoreId from, long term, boolean granted) {
    return new VoteReply(from, term(term), granted);
  }

  /** An append whose entries follow {@code previous}, one a term. */
  static AppendEntries append(
      StoreId from, long term, LogPosition previous, long commitIndex, long... terms) {
    return new AppendEntries(from, term(term), previous, entries(previous, terms), commitIndex);
  }

  static List<Entry> entries(LogPosition previous, long... terms) {
    var list = LongStream.of(terms).boxed().toList();
    return IntStream.range(0, terms.length)
        .mapToObj(i -> ListLog.entry(previous.index() + 1 + i, list.get(i)))
        .toList();
  }

  static AppendAccepted accepted(StoreId from, long term, long matchIndex) {
    return new AppendAccepted(from, term(term), matchIndex);
  }

  static AppendRejected rejected(StoreId from, long term, long previousIndex, LogPosition hint) {
    return new AppendRejected(from, term(term), previousIndex, hint);
  }

  static Heartbeat heartbeat(StoreId from, long term, long commitIndex, long round) {
    return new Heartbeat(from, term(term), commitIndex, round);
  }

  static HeartbeatReply heartbeatReply(StoreId from, long term, long round) {
    return new HeartbeatReply(from, term(term), round, 1);
  }

  static InstallSnapshot installSnapshot(StoreId from, long term, LogPosition lastIncluded) {
    return new InstallSnapshot(from, term(term), lastIncluded, group(3), false);
  }

  // Effects.

  static Effect send(StoreId to, RaftMessage message) {
    return new Effect.Send(to, message);
  }

  static Effect whenDurable(StoreId to, RaftMessage message) {
    return new Effect.WhenDurable(send(to, message));
  }

  static Effect save(TermState state) {
    return new Effect.Save(state);
  }

  static TermState voted(long term, StoreId candidate) {
    return TermState.notVotedIn(term(term)).votingFor(candidate);
  }

  static TermState notVoted(long term) {
    return TermState.notVotedIn(term(term));
  }

  static Effect sendEntries(
      StoreId to, long term, LogPosition previous, long lastIndex, long commitIndex) {
    return new Effect.SendEntries(to, term(term), previous, lastIndex, commitIndex, false);
  }

  /** All that is sent, at once or once durable, in order. */
  static List<RaftMessage> messages(Step step) {
    return step.effects().stream()
        .map(e -> e instanceof Effect.WhenDurable gate ? gate.effect() : e)
        .flatMap(e -> e instanceof Effect.Send send ? Stream.of(send.message()) : Stream.empty())
        .toList();
  }

  static <T extends Effect> List<T> effects(Step step, Class<T> kind) {
    return step.effects().stream().filter(kind::isInstance).map(kind::cast).toList();
  }

  static List<Effect.SendEntries> appendsTo(StoreId to, Step step) {
    return effects(step, Effect.SendEntries.class).stream().filter(s -> s.to().equals(to)).toList();
  }

  static List<Long> commits(Step step) {
    return effects(step, Effect.Commit.class).stream().map(Effect.Commit::index).toList();
  }

  static Progress progress(Role leader, StoreId of) {
    return ((Leader) leader).followers().of(of).orElseThrow();
  }
}
