package dev.synod.actors.client;

import dev.synod.actors.Peers;
import dev.synod.actors.client.ClientTask.Flush;
import dev.synod.actors.client.ClientTask.Inquire;
import dev.synod.actors.client.ClientTask.KeepAliveDue;
import dev.synod.actors.client.ClientTask.Query;
import dev.synod.actors.client.ClientTask.Retune;
import dev.synod.actors.client.ClientTask.Submit;
import dev.synod.actors.client.ClientTask.Wake;
import dev.synod.actors.client.Request.Command;
import dev.synod.actors.client.Request.Opening;
import dev.synod.actors.client.Request.Question;
import dev.synod.actors.message.ClientMessage;
import dev.synod.actors.message.ClientMessage.Answer;
import dev.synod.actors.message.ClientMessage.Answers;
import dev.synod.actors.message.ClientMessage.Ask;
import dev.synod.actors.message.ClientMessage.KeepAlive;
import dev.synod.actors.message.ClientMessage.Propose;
import dev.synod.actors.message.GroupClientMessage;
import dev.synod.actors.message.GroupClientMessage.FindReplicas;
import dev.synod.actors.message.GroupClientMessage.Hosted;
import dev.synod.actors.message.LeaderSearch.Leads;
import dev.synod.actors.message.NodeMessage.Located;
import dev.synod.actors.message.ReplicaMessage;
import dev.synod.actors.message.ReplicaStatus;
import dev.synod.actors.meters.ClientMeters;
import dev.synod.actors.time.LazyTimer;
import dev.synod.core.GroupId;
import dev.synod.core.NodeAddress;
import java.util.List;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.PostStop;
import org.apache.pekko.actor.typed.javadsl.AbstractBehavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.Receive;
import org.apache.pekko.actor.typed.javadsl.TimerScheduler;

/**
 * The one client of a group in an actor system: all callers share its session. It carries messages
 * and time to {@link Commands} and {@link Reads}, which decide.
 *
 * <p>Requests that come in a burst leave together: the first one makes the client send itself a
 * {@link Flush}, which lands behind those queued already. There is no timer for that, so a single
 * request waits for nothing.
 */
public final class GroupClient extends AbstractBehavior<GroupClientMessage> {

  /** Those that one message to that replica takes; none once all have gone. */
  private interface NextQuestions {
    List<ClientMessage.Question> of(ActorRef<ReplicaMessage> target, long now);
  }

  private final GroupId group;
  private final Peers peers;
  private ClientSettings settings;
  private final ClientMeters meters;
  private final TimerScheduler<GroupClientMessage> timers;
  private final Ticks ticks;
  private final Completions completions;
  private final Attempts attempts;
  private final Commands commands;
  private final Reads reads;
  private final Route route;
  private final Inquiries inquiries;
  private final Lookout lookout;
  private long now;
  private boolean flushIsDue;
  private boolean proposed;
  private long keepAlivesSinceProposal;

  private GroupClient(
      ActorContext<GroupClientMessage> context,
      TimerScheduler<GroupClientMessage> timers,
      GroupId group,
      List<NodeAddress> nodes,
      Peers peers,
      ClientSettings settings,
      ClientMeters meters,
      RandomGenerator random,
      LongSupplier nanoTime) {
    super(context);
    this.group = group;
    this.peers = peers;
    this.settings = settings;
    this.meters = meters;
    this.timers = timers;
    this.ticks =
        new Ticks(
            new LazyTimer<>(timers, Wake.INSTANCE, nanoTime), settings.tickInterval(), nanoTime);
    var backoff =
        new Backoff(
            settings.ticks(settings.backoffMin()), settings.ticks(settings.backoffMax()), random);
    this.completions = new Completions(context.getExecutionContext(), meters);
    this.attempts = new Attempts(settings.ticks(settings.attemptTimeout()), backoff);
    this.commands = new Commands(settings, attempts, completions);
    this.reads = new Reads(settings, attempts, completions);
    this.route = new Route(backoff);
    this.inquiries = new Inquiries(settings, completions);
    this.lookout =
        new Lookout(
            group,
            nodes,
            peers,
            context.getSelf(),
            route,
            attempts,
            settings.ticks(settings.leaderSearchInterval()));
  }

  /**
   * A client of that group.
   *
   * @param nodes where replicas may be
   * @param random for the jitter of pauses only
   * @param nanoTime monotonic, in nanoseconds
   */
  public static Behavior<GroupClientMessage> create(
      GroupId group,
      List<NodeAddress> nodes,
      Peers peers,
      ClientSettings settings,
      ClientMeters meters,
      RandomGenerator random,
      LongSupplier nanoTime) {
    return Behaviors.setup(
        context ->
            Behaviors.withTimers(
                timers ->
                    new GroupClient(
                        context, timers, group, nodes, peers, settings, meters, random, nanoTime)));
  }

  /** Tells a client to go by these from now on, {@link ClientSettings#CHANGEABLE} as they are. */
  public static GroupClientMessage retune(ClientSettings settings) {
    return new Retune(settings);
  }

  @Override
  public Receive<GroupClientMessage> createReceive() {
    return newReceiveBuilder()
        .onMessage(Answers.class, this::onAnswers)
        .onMessage(Submit.class, this::onSubmit)
        .onMessage(Query.class, this::onQuery)
        .onMessageEquals(Flush.INSTANCE, this::onFlush)
        .onMessageEquals(Wake.INSTANCE, this::onWake)
        .onMessageEquals(KeepAliveDue.INSTANCE, this::onKeepAliveDue)
        .onMessage(Hosted.class, this::onHosted)
        .onMessage(Located.class, this::onLocated)
        .onMessage(Leads.class, this::onLeads)
        .onMessage(Inquire.class, this::onInquire)
        .onMessage(FindReplicas.class, this::onFindReplicas)
        .onMessage(Retune.class, this::onRetune)
        .onMessage(ReplicaStatus.class, this::onStatus)
        .onSignal(PostStop.class, stopped -> onStop())
        .build();
  }

  private Behavior<GroupClientMessage> onSubmit(Submit submit) {
    now = ticks.now();
    commands.submit(submit.value(), submit.reply(), now);
    return soon();
  }

  private Behavior<GroupClientMessage> onQuery(Query query) {
    now = ticks.now();
    reads.submit(query.query(), query.freshness(), query.reply(), now);
    return soon();
  }

  private Behavior<GroupClientMessage> onInquire(Inquire inquire) {
    now = ticks.now();
    inquiries.add(inquire.reply(), now);
    return soon();
  }

  private Behavior<GroupClientMessage> onRetune(Retune retune) {
    settings = retune.settings();
    commands.settings(settings);
    reads.settings(settings);
    inquiries.settings(settings);
    return this;
  }

  private Behavior<GroupClientMessage> onFlush() {
    flushIsDue = false;
    return send();
  }

  private Behavior<GroupClientMessage> onHosted(Hosted here) {
    route.hosted(here.replica());
    return send();
  }

  private Behavior<GroupClientMessage> onLocated(Located there) {
    lookout.located(there);
    return send();
  }

  private Behavior<GroupClientMessage> onFindReplicas(FindReplicas find) {
    find.replyTo().tell(new GroupClientMessage.Replicas(route.forWatchers(find.again())));
    return send();
  }

  private Behavior<GroupClientMessage> onLeads(Leads leads) {
    again(lookout.found(leads));
    return send();
  }

  private Behavior<GroupClientMessage> onStatus(ReplicaStatus status) {
    inquiries.answered(status);
    return send();
  }

  private Behavior<GroupClientMessage> onAnswers(Answers answers) {
    if (!answers.group().equals(group)) {
      return this;
    }
    now = ticks.now();
    boolean routed = false;
    for (Answer answer : answers.answers()) {
      var request = attempts.of(answer.tag());
      if (request != null) {
        boolean moved = Route.isMoved(answers, request);
        if (!routed && attempts.isCurrent(request, answer.tag())) {
          routed = true;
          route.learnFrom(answers, answer.outcome(), request, now);
        }
        dispatch(request, answer, moved);
      }
    }
    return send();
  }

  private void dispatch(Request request, Answer answer, boolean moved) {
    if (request instanceof Command command) {
      commands.answered(command, answer.tag(), answer.outcome(), moved, now);
    } else if (request instanceof Opening opening) {
      commands.answered(opening, answer.tag(), answer.outcome(), moved, now);
      keepAlive();
    } else if (request instanceof Question question) {
      reads.answered(question, answer.tag(), answer.outcome(), now);
    }
  }

  private Behavior<GroupClientMessage> onWake() {
    if (!ticks.hasCome()) {
      return this;
    }
    now = ticks.now();
    var overdue = attempts.overdue(now);
    overdue.forEach(request -> route.silent(request.target(), now));
    if (!overdue.isEmpty()) {
      lookout.silent();
    }
    again(overdue);
    again(attempts.rested(now));
    lookout.look(now);
    commands.expire(now);
    reads.expire(now);
    inquiries.expire(now);
    return send();
  }

  private void again(List<Request> requests) {
    requests.forEach(this::retry);
    meters.retried(requests.size());
  }

  private void retry(Request request) {
    if (request instanceof Command command) {
      commands.retry(command);
    } else if (request instanceof Opening opening) {
      commands.retry(opening);
    } else if (request instanceof Question question) {
      reads.retry(question);
    }
  }

  private Behavior<GroupClientMessage> soon() {
    if (!flushIsDue) {
      flushIsDue = true;
      getContext().getSelf().tell(Flush.INSTANCE);
    }
    completions.flush();
    return this;
  }

  private Behavior<GroupClientMessage> send() {
    now = ticks.now();
    if (reads.wantsHere()) {
      askHere();
    }
    if (commands.wantsLeader() || reads.wantsLeader()) {
      var leader = route.leader(now);
      if (leader != null) {
        propose(leader);
        ask(leader, reads::nextForLeader);
      }
    }
    var near = reads.wantsAnyone() ? route.near(now) : null;
    if (near != null) {
      ask(near, reads::nextForAnyone);
    }
    if (inquiries.wantAnyone(now)) {
      var target = route.leader(now);
      if (target != null) {
        inquiries.asked(now);
        peers.tell(target, new ReplicaMessage.GetStatus(getContext().getSelf().narrow()));
      }
    }
    if (route.takeLocateWanted()) {
      lookout.locate();
    }
    completions.flush();
    ticks.wakeAt(dueAt());
    if (proposed) {
      keepAlive();
    }
    return this;
  }

  private void propose(ActorRef<ReplicaMessage> leader) {
    ActorRef<Answers> self = getContext().getSelf().narrow();
    var batch = commands.nextBatch(leader, now);
    while (!batch.isEmpty()) {
      proposed = true;
      meters.batched(batch.size());
      peers.tell(leader, new Propose(group, self, commands.session(), batch));
      batch = commands.nextBatch(leader, now);
    }
  }

  private void ask(ActorRef<ReplicaMessage> target, NextQuestions questions) {
    ActorRef<Answers> self = getContext().getSelf().narrow();
    var batch = questions.of(target, now);
    while (!batch.isEmpty()) {
      peers.tell(target, new Ask(group, self, batch));
      batch = questions.of(target, now);
    }
  }

  private void askHere() {
    var here = route.here(now);
    if (here == null) {
      reads.turnToLeader();
    } else {
      ask(here, reads::nextForHere);
    }
  }

  private long dueAt() {
    if (commands.isIdle() && reads.isIdle() && inquiries.isIdle()) {
      return Ticks.NEVER;
    }
    if (reads.wantsAnyone()) {
      return now + 1; // as long as no replica is known
    }
    long deadline = Math.min(Math.min(commands.dueAt(), reads.dueAt()), inquiries.dueAt());
    long tries = Math.min(Math.min(attempts.dueAt(), lookout.dueAt(now)), route.dueAt(now));
    return Math.min(deadline, tries);
  }

  private void keepAlive() {
    if (commands.session() != 0 && !timers.isTimerActive(KeepAliveDue.INSTANCE)) {
      timers.startTimerWithFixedDelay(
          KeepAliveDue.INSTANCE, KeepAliveDue.INSTANCE, settings.keepAliveInterval());
    }
  }

  private Behavior<GroupClientMessage> onKeepAliveDue() {
    now = ticks.now();
    keepAlivesSinceProposal = proposed ? 0 : keepAlivesSinceProposal + 1;
    proposed = false;
    long idleNanos = keepAlivesSinceProposal * settings.keepAliveInterval().toNanos();
    if (commands.session() == 0 || idleNanos >= settings.sessionIdleMax().toNanos()) {
      keepAlivesSinceProposal = 0;
      timers.cancel(KeepAliveDue.INSTANCE);
    } else if (keepAlivesSinceProposal > 0) {
      var leader = route.leader(now);
      if (leader != null) {
        peers.tell(leader, new KeepAlive(group, commands.session()));
      }
    }
    return this;
  }

  private Behavior<GroupClientMessage> onStop() {
    commands.stop();
    reads.stop();
    inquiries.stop();
    completions.flush();
    return this;
  }
}
