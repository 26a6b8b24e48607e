package dev.synod.architecture;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaMethodCall;
import java.util.Set;

/** Calls that order two terms, ballots or epochs. */
final class ComparesTerms {

  private static final Set<String> CLOCKS = Set.of("Term", "Ballot", "Epoch", "Zxid");

  static final DescribedPredicate<JavaMethodCall> PREDICATE =
      DescribedPredicate.describe(
          "terms, ballots or epochs are compared",
          call ->
              CLOCKS.contains(call.getTargetOwner().getSimpleName())
                  && Set.of("isAfter", "compareTo").contains(call.getName()));

  private ComparesTerms() {}
}
