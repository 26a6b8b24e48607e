package dev.synod.log;

import dev.synod.core.GroupId;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What recovery found.
 *
 * @param states the groups by number, the damaged ones too
 * @param sequence of the last record
 * @param nextSegment the number of the segment to go on with: above all that were seen
 * @param damaged the groups that must not be served, and why
 * @param unknownLoss set if lost records can't be attributed: a group that isn't known may have
 *     been among them, so none may be founded
 * @param notes damage that harms no group, for a person
 */
record Recovered(
    Segments segments,
    Map<Integer, GroupState> states,
    long sequence,
    int nextSegment,
    Map<GroupId, LogFailure> damaged,
    @Nullable LogFailure unknownLoss,
    List<String> notes) {}
