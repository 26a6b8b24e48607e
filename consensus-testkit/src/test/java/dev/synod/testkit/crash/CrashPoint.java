package dev.synod.testkit.crash;

import dev.synod.log.disk.MemoryDisk;

/**
 * The moment before a call to the disk.
 *
 * @param call what was about to be done
 * @param disk as it was, synced and not
 * @param issued how many commands had been sent
 * @param acknowledged how many of them had been answered
 */
record CrashPoint(String call, MemoryDisk disk, int issued, int acknowledged) {}
