package dev.synod.testkit.mutant;

import java.util.List;

/** The durable log and the snapshots' files, broken one at a time. */
final class LogMutants {

  private static final String CONFIRMED = "confirmed entries are durable";
  private static final String VOTE = "one vote an epoch, durable";
  private static final String EPOCH = "epoch monotonic and durable";
  private static final String GIVES_UP = "a replica fails for its disk only";

  private LogMutants() {}

  static List<Mutant> all() {
    return List.of(
        new Mutant(
            "forces nothing to the disk",
            log("LogWriter"),
            "batch.segment().file().force();",
            "",
            List.of(CONFIRMED, VOTE, EPOCH),
            Conditions.STORM,
            100),
        new Mutant(
            "tells a write durable before it is written",
            log("NodeGroupLog"),
            "ticket = ++lastTicket;",
            "ticket = ++lastTicket; durableTicket = ticket;",
            List.of(CONFIRMED, VOTE, EPOCH),
            Conditions.STORM,
            100),
        new Mutant(
            "takes a failed force for a good one",
            log("LogWriter"),
            """
            fail(LogFailure.of("writing " + name + " at " + batch.start(), e));
            return false;
            """,
            "report(batch); return true;",
            List.of(CONFIRMED, VOTE, EPOCH),
            Conditions.STORM,
            300),
        new Mutant(
            "tries a failed force once more",
            log("LogWriter"),
            "batch.segment().file().force(); } catch (IOException e) {",
            """
            try {
              batch.segment().file().force();
            } catch (IOException again) {
              batch.segment().file().force();
            }
            } catch (IOException e) {
            """,
            List.of(CONFIRMED, VOTE, EPOCH),
            Conditions.STORM,
            300),
        new Mutant(
            "writes no truncation to the disk",
            log("NodeGroupLog"),
            "long location = put(RecordKind.TRUNCATED, index, 0, Bytes.EMPTY);"
                + " shared.segments().release(location, 0);",
            "",
            List.of("log matching", GIVES_UP, "leader completeness"),
            Conditions.STORM,
            100),
        new Mutant(
            "recovery goes on behind a record whose checksum is wrong",
            new Source("consensus-log", "dev.synod.log.format.SegmentScanner"),
            "if (Checksums.of(window.buffer(), payloadAt, length, crc) == header.payloadCrc()) {",
            "if (true) {",
            List.of(GIVES_UP, "log matching", "state machine safety"),
            Conditions.STORM,
            300),
        new Mutant(
            "recovery takes the first vote, not the last",
            log("Replay"),
            "case HARD_STATE -> group.replaced(group.state().hardState(), payload.copy(),"
                + " location);",
            """
            case HARD_STATE -> {
              if (group.state().hardState().value() == null) {
                group.replaced(group.state().hardState(), payload.copy(), location);
              }
            }
            """,
            List.of(VOTE, EPOCH),
            Conditions.STORM,
            100),
        new Mutant(
            "compaction drops the entries behind it, too",
            log("NodeGroupLog"),
            "boolean held = state.index().holds(index) && state.index().termAt(index) == term;",
            "boolean held = false;",
            CONFIRMED,
            Conditions.STORM,
            100),
        new Mutant(
            "names a snapshot before its bytes are durable",
            new Source("consensus-log", "dev.synod.log.snapshot.FileSnapshotWriter"),
            "file.force();",
            "",
            GIVES_UP,
            Conditions.STORM,
            300));
  }

  private static Source log(String name) {
    return new Source("consensus-log", "dev.synod.log." + name);
  }
}
