package dev.synod.architecture;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.AccessTarget.CodeUnitAccessTarget;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import java.util.List;
import java.util.Set;

/** Which calls, method references and fields a rule is about. */
final class Accesses {

  private static final String CONSTRUCTOR = "<init>";

  private Accesses() {}

  /** Of one of these members of exactly that class. */
  static DescribedPredicate<JavaAccess<?>> of(String owner, String... members) {
    return DescribedPredicate.describe(
        owner + "." + List.of(members),
        access ->
            access.getTargetOwner().getFullName().equals(owner)
                && Set.of(members).contains(access.getName()));
  }

  /** Of any constructor of these classes. */
  static DescribedPredicate<JavaAccess<?>> newOf(String... owners) {
    return DescribedPredicate.describe(
        "constructors of " + List.of(owners),
        access ->
            access.getName().equals(CONSTRUCTOR)
                && Set.of(owners).contains(access.getTargetOwner().getFullName()));
  }

  /** Of the constructor without parameters of these classes. */
  static DescribedPredicate<JavaAccess<?>> newWithoutParametersOf(String... owners) {
    return newOf(owners).and(withParameters(0));
  }

  /** Of a method that ends so, of that type or below it. */
  static DescribedPredicate<JavaAccess<?>> endingIn(String ending, Class<?> type) {
    return DescribedPredicate.describe(
        "…" + ending + " of a " + type.getSimpleName(),
        access ->
            access.getTargetOwner().isAssignableTo(type) && access.getName().endsWith(ending));
  }

  /** With that many parameters. */
  static DescribedPredicate<JavaAccess<?>> withParameters(int count) {
    return DescribedPredicate.describe(
        "with " + count + " parameters", access -> parametersOf(access).size() == count);
  }

  /** With a parameter of that type as the last one. */
  static DescribedPredicate<JavaAccess<?>> lastParameter(Class<?> type) {
    return DescribedPredicate.describe(
        "with a " + type.getSimpleName(),
        access -> {
          var parameters = parametersOf(access);
          return !parameters.isEmpty()
              && parameters.get(parameters.size() - 1).isAssignableTo(type);
        });
  }

  private static List<JavaClass> parametersOf(JavaAccess<?> access) {
    return access.getTarget() instanceof CodeUnitAccessTarget called
        ? called.getRawParameterTypes()
        : List.of();
  }
}
