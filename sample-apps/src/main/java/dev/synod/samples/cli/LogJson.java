package dev.synod.samples.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.synod.core.Bytes;
import dev.synod.core.Configuration;
import dev.synod.core.Entry;
import dev.synod.core.LogPosition;
import dev.synod.core.StoreId;
import dev.synod.log.LogFailure;
import dev.synod.log.LogReport;
import dev.synod.log.inspect.LogInspector.Holding;
import dev.synod.log.snapshot.Snapshot;
import dev.synod.paxos.actor.multi.SlotFormat;
import dev.synod.raft.rules.TermState;
import dev.synod.samples.api.Json;
import dev.synod.zab.rules.Epochs;
import java.util.Collection;
import java.util.List;

/** What a closed log holds, as JSON. */
final class LogJson {

  private LogJson() {}

  static ObjectNode of(Holding holding) {
    var report = holding.log();
    var json = Json.object();
    json.put("store", report.store().toString()).put("intact", holding.isIntact());
    var segments = json.putArray("segments");
    for (LogReport.SegmentReport segment : report.segments()) {
      segments
          .addObject()
          .put("number", segment.number())
          .put("bytes", segment.size())
          .put("records", segment.records())
          .put("liveBytes", segment.liveBytes())
          .put("ending", segment.ending());
    }
    var groups = json.putArray("groups");
    report.groups().forEach(group -> group(groups.addObject(), group, holding));
    failures(json.putArray("damaged"), report.damaged().values());
    report.unknownLoss().ifPresent(loss -> json.put("unknownLoss", loss.message()));
    failures(json.putArray("damagedSnapshots"), holding.problems());
    var notes = json.putArray("notes");
    report.notes().forEach(notes::add);
    return json;
  }

  private static void group(ObjectNode json, LogReport.GroupReport group, Holding holding) {
    json.put("group", group.id().name());
    position(json.putObject("base"), group.base());
    position(json.putObject("last"), group.last());
    group.hardState().ifPresent(saved -> hardState(json, saved));
    var configurations = json.putArray("configurations");
    group.configurations().forEach(entry -> configuration(configurations.addObject(), entry));
    var snapshots = json.putArray("snapshots");
    for (Snapshot snapshot : holding.snapshots().getOrDefault(group.id(), List.of())) {
      var one = snapshots.addObject().put("file", snapshot.file()).put("bytes", snapshot.size());
      position(one.putObject("position"), snapshot.position());
    }
  }

  /** No two protocols write as many bytes. */
  private static void hardState(ObjectNode json, Bytes saved) {
    try {
      json.put("promised", SlotFormat.decodePromise(saved).toString());
    } catch (IllegalArgumentException e) {
      termAndVote(json, saved);
    }
  }

  private static void termAndVote(ObjectNode json, Bytes saved) {
    try {
      var state = TermState.decode(saved);
      json.put("term", state.currentTerm().number());
      state.votedFor().ifPresent(vote -> json.put("votedFor", vote.toString()));
    } catch (IllegalArgumentException e) {
      epochs(json, saved);
    }
  }

  private static void epochs(ObjectNode json, Bytes saved) {
    try {
      var epochs = Epochs.decode(saved);
      json.put("acceptedEpoch", epochs.accepted().number());
      json.put("currentEpoch", epochs.current().number());
    } catch (IllegalArgumentException e) {
      json.put("hardState", "unreadable: " + e.getMessage());
    }
  }

  private static void configuration(ObjectNode json, Entry entry) {
    position(json, entry.position());
    try {
      var configuration = Configuration.decode(entry.payload());
      json.put("version", configuration.version()).put("changing", configuration.isChanging());
      stores(json.putArray("voters"), configuration.membership().voters());
      stores(json.putArray("outgoing"), configuration.membership().outgoing());
      stores(json.putArray("learners"), configuration.membership().learners());
      stores(json.putArray("witnesses"), configuration.membership().witnesses());
    } catch (IllegalArgumentException e) {
      json.put("unreadable", e.getMessage());
    }
  }

  private static void stores(ArrayNode json, Collection<StoreId> stores) {
    stores.forEach(store -> json.add(store.toString()));
  }

  private static void position(ObjectNode json, LogPosition position) {
    json.put("index", position.index()).put("term", position.term().number());
  }

  private static void failures(ArrayNode json, Collection<LogFailure> failures) {
    failures.forEach(failure -> json.add(failure.message()));
  }
}
