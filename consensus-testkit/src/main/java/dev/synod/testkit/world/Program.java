package dev.synod.testkit.world;

/**
 * What a machine runs from every boot on, with nothing but its disk to remember the last one by.
 */
@FunctionalInterface
public interface Program {

  /**
   * Starts actors on that machine.
   *
   * @throws RuntimeException if the machine can't serve, such as a {@code LogException} about
   *     damage; the machine is then down, and the simulation knows why
   */
  void start(Machine machine);
}
