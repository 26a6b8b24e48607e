package dev.synod.testkit;

/** What {@code ./synod sim --help} says. */
final class SimHelp {

  static final String TEXT =
      """
      Usage: synod sim [OPTION…]
      Simulates clusters in virtual time, one for each seed, under crashes, partitions, bad disks
      and bad clocks, and checks every rule after every step. The same seed and options give the
      same run. What is broken is told with its seed, the few faults that it takes, the command
      that runs it again, and a picture.

        --seeds N            so many, one after the other (default: 10)
        --from SEED          the first one (default: 1)
        --nodes N            of each cluster (default: 5)
        --witnesses N        so many of these keep no state (default: 0)
        --observers N        so many of these do not vote (default: 0)
        --members            administrators move a group of three among all nodes
        --profile NAME       calm, flaky, storm, or rot, which also damages disks (default: storm)
        --seconds S          with faults, of virtual time; recovery follows (default: 40)
        --vary               draws settings, too, from the seed
        --heartbeat-ms MS    between heartbeats; together with
        --election-ms MS     until a follower stands for election
        --protocol NAME      raft (default), paxos or zab; --witnesses is for the first,
                             --observers for the last

        --window-of NAME     instead: writes a second of that protocol with 10 ms links, by how many
                             values may be under way at a time; nothing goes wrong there

        --schedule FILE      these faults, and not those of the seed
        --picture FILE       draws the run, as HTML
        --shrink-seconds S   CPU time to make a failure small
        --each               a line for each seed
        --json               the last line, which is the sum, as JSON

      Ends with 0 if nothing was broken, 1 if something was, 2 if the options make no sense.
      """;

  private SimHelp() {}
}
