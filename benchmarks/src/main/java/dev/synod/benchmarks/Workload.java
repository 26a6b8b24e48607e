package dev.synod.benchmarks;

/**
 * What is asked of a system in one turn.
 *
 * @param outstanding requests under way at a time
 * @param bytes size of a value
 * @param reads whether it reads (linearizably) instead of writing
 */
record Workload(int outstanding, int bytes, boolean reads, int warmupSeconds, int seconds) {

  String kind() {
    return reads ? "read" : "write";
  }
}
