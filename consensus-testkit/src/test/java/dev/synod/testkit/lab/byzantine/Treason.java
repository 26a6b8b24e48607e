package dev.synod.testkit.lab.byzantine;

import java.util.ArrayList;
import java.util.List;

/**
 * All that one traitor can do in OM(1): which general it is, and what it says in each of its
 * messages. Saying nothing is not listed, for who hears nothing takes it as {@code RETREAT}.
 *
 * @param traitor 0 is the commander, 1 and above are lieutenants
 * @param lies what it says to each general; what it says to itself means nothing
 */
record Treason(int traitor, List<Order> lies) {

  /** Every strategy of every possible traitor among so many generals. */
  static List<Treason> all(int generals) {
    var all = new ArrayList<Treason>();
    for (int traitor = 0; traitor < generals; traitor++) {
      for (int choice = 0; choice < 1 << generals; choice++) {
        all.add(new Treason(traitor, orders(generals, choice)));
      }
    }
    return all;
  }

  private static List<Order> orders(int count, int bits) {
    var orders = new ArrayList<Order>();
    for (int i = 0; i < count; i++) {
      orders.add((bits >> i & 1) == 0 ? Order.ATTACK : Order.RETREAT);
    }
    return orders;
  }
}
