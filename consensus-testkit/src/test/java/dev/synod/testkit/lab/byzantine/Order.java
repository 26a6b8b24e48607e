package dev.synod.testkit.lab.byzantine;

/** What a commander can order. */
enum Order {
  ATTACK,
  RETREAT
}
