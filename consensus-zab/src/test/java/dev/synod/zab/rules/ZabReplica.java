package dev.synod.zab.rules;

import dev.synod.core.Configuration;
import dev.synod.core.Entry;
import dev.synod.core.EntryKind;
import dev.synod.core.LogPosition;
import dev.synod.core.StoreId;
import dev.synod.zab.protocol.ZabMessage;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** One server with a disk, which does what its rules say. */
final class ZabReplica implements Effect.Performer {

  private record Gated(int ticket, Effect effect) {}

  final StoreId self;
  final ZabDisk disk = new ZabDisk();
  private final Configuration founding;
  private final ZabLimits limits;
  private final ZabWorld world;
  private final ArrayDeque<Gated> gate = new ArrayDeque<>();
  private final ArrayDeque<ZabMessage> toSelf = new ArrayDeque<>();
  private final List<Entry> applied = new ArrayList<>();
  private List<Entry> snapshot = List.of();
  private Role role;
  private boolean isUp = true;
  private boolean heardLeader;

  ZabReplica(StoreId self, Configuration configuration, ZabLimits limits, ZabWorld world) {
    this.self = self;
    this.founding = configuration;
    this.limits = limits;
    this.world = world;
    this.role = asleep(0);
  }

  private Looking asleep(long committed) {
    var server = Server.of(self, newestIn(snapshot), world.voting(), disk, limits);
    return Looking.atStart(server, disk.epochs(), committed);
  }

  /** Who belongs to the group, by the newest word on its disk. */
  Configuration newest() {
    return disk.configurations().isEmpty() ? newestIn(snapshot) : newestIn(disk.configurations());
  }

  private Configuration newestIn(List<Entry> entries) {
    return entries.stream()
        .filter(entry -> entry.kind() == EntryKind.CONFIGURATION)
        .reduce((first, second) -> second)
        .map(entry -> Configuration.decode(entry.payload()))
        .orElse(founding);
  }

  void begin() {
    perform(asleep(applied.size()).begin());
  }

  Role role() {
    return role;
  }

  boolean isUp() {
    return isUp;
  }

  List<Entry> applied() {
    return applied;
  }

  Optional<Leading> leading() {
    return role instanceof Leading leading && isUp ? Optional.of(leading) : Optional.empty();
  }

  Optional<Joined> joined() {
    return role instanceof Joined joined && isUp ? Optional.of(joined) : Optional.empty();
  }

  Optional<Looking> looking() {
    return role instanceof Looking looking && isUp ? Optional.of(looking) : Optional.empty();
  }

  void crash() {
    isUp = false;
    gate.clear();
    toSelf.clear();
    disk.crash();
  }

  /** The newest snapshot is restored; a log that does not go on from it begins anew behind it. */
  void restart() {
    isUp = true;
    applied.clear();
    applied.addAll(snapshot);
    if (!snapshot.isEmpty() && !Histories.holds(disk, lastApplied())) {
      disk.compactTo(lastApplied());
    }
    role = asleep(applied.size());
    begin();
  }

  /** All that was applied becomes a snapshot. */
  void compact() {
    if (!applied.isEmpty() && lastApplied().index() > disk.base().index()) {
      snapshot = List.copyOf(applied);
      disk.compactTo(lastApplied());
    }
  }

  private LogPosition lastApplied() {
    return applied.get(applied.size() - 1).position();
  }

  /** A snapshot of the leader's is here whole. */
  void received(ZabWorld.State state) {
    if (state.entries().size() > snapshot.size()) {
      snapshot = state.entries();
    }
    receive(
        new ZabMessage.InstallSnapshot(
            state.from(),
            state.epoch(),
            state.entries().get(state.entries().size() - 1).position(),
            newestIn(state.entries())));
  }

  void durable(int writes) {
    disk.advance(writes);
    while (!gate.isEmpty() && gate.element().ticket() <= disk.durable()) {
      gate.remove().effect().perform(this);
    }
    hearSelf();
  }

  void receive(ZabMessage message) {
    perform(role.receive(message));
  }

  void perform(Step step) {
    execute(step);
    hearSelf();
  }

  private void hearSelf() {
    var message = toSelf.poll();
    while (message != null) {
      execute(role.receive(message));
      message = toSelf.poll();
    }
  }

  private void execute(Step step) {
    role = step.after();
    step.effects().forEach(effect -> effect.perform(this));
    world.stepped(this, step);
  }

  @Override
  public void save(Effect.Save effect) {
    disk.save(effect.epochs());
  }

  @Override
  public void append(Effect.Append effect) {
    disk.append(effect.entries());
  }

  @Override
  public void truncateFrom(Effect.TruncateFrom effect) {
    disk.truncateFrom(effect.index());
  }

  @Override
  public void whenDurable(Effect.WhenDurable effect) {
    if (gate.isEmpty() && disk.durable() == disk.ticket()) {
      effect.effect().perform(this);
    } else {
      gate.add(new Gated(disk.ticket(), effect.effect()));
    }
  }

  @Override
  public void send(Effect.Send effect) {
    world.said(this, effect.message());
    if (effect.to().equals(self)) {
      toSelf.add(effect.message());
    } else {
      world.send(self, effect.to(), effect.message());
    }
  }

  @Override
  public void sendEntries(Effect.SendEntries effect) {
    var previous = effect.previous();
    if (previous.index() < disk.base().index()) {
      return;
    }
    var entries = disk.entries(previous.index() + 1, effect.lastIndex());
    var message =
        effect.informs()
            ? new ZabMessage.Inform(self, effect.epoch(), previous, entries)
            : new ZabMessage.Propose(self, effect.epoch(), previous, entries, effect.commitIndex());
    world.send(self, effect.to(), message);
  }

  @Override
  public void sendSnapshot(Effect.SendSnapshot effect) {
    world.sendSnapshot(effect.to(), new ZabWorld.State(self, role.epochs().accepted(), snapshot));
  }

  @Override
  public void commit(Effect.Commit effect) {
    for (long index = applied.size() + 1L; index <= effect.index(); index++) {
      var entry = disk.entry(index);
      world.applied(this, entry);
      applied.add(entry);
    }
  }

  @Override
  public void install(Effect.Install effect) {
    disk.compactTo(effect.lastIncluded());
    applied.clear();
    applied.addAll(snapshot.subList(0, (int) effect.lastIncluded().index()));
  }

  @Override
  public void confirmRead(Effect.ConfirmRead effect) {
    world.confirmed(effect.read(), effect.index());
  }

  @Override
  public void timer(Effect.Timer effect) {
    heardLeader |= effect == Effect.Timer.HEARD_LEADER || effect == Effect.Timer.START_JOINING;
  }

  /** Whether it has waited for its leader ever since this was asked last. */
  boolean isForsaken() {
    boolean heard = heardLeader;
    heardLeader = false;
    return !heard;
  }

  @Override
  public String toString() {
    return self + " " + role.state() + " " + role.phase() + " " + disk;
  }
}
