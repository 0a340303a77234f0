package bespoke.assembly;

import static java.lang.constant.ConstantDescs.CD_Object;
import static java.lang.constant.ConstantDescs.CD_boolean;
import static java.lang.constant.ConstantDescs.CD_int;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.classfile.ClassBuilder;
import java.lang.classfile.ClassElement;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassFile.ClassHierarchyResolverOption;
import java.lang.classfile.ClassHierarchyResolver;
import java.lang.classfile.ClassModel;
import java.lang.classfile.ClassTransform;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.CodeElement;
import java.lang.classfile.Label;
import java.lang.classfile.MethodModel;
import java.lang.classfile.MethodTransform;
import java.lang.classfile.TypeKind;
import java.lang.classfile.constantpool.ClassEntry;
import java.lang.classfile.constantpool.FieldRefEntry;
import java.lang.classfile.constantpool.LoadableConstantEntry;
import java.lang.classfile.constantpool.MethodHandleEntry;
import java.lang.classfile.constantpool.StringEntry;
import java.lang.classfile.instruction.InvokeDynamicInstruction;
import java.lang.classfile.instruction.SwitchCase;
import java.lang.constant.ClassDesc;
import java.lang.constant.MethodTypeDesc;
import java.lang.reflect.AccessFlag;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// Writes out the call sites of our jars that a class data archive cannot hold: the `switch` over
/// types, and `equals` and `hashCode` of records.
///
/// javac leaves both to the JVM, which makes a class for each place when it is passed for the first
/// time: half a millisecond each, some two hundred times in a start of the daemon. Lambdas are left
/// alone, since the archive keeps what they become.
final class CallSites {
  private static final String SWITCHES = "Ljava/lang/runtime/SwitchBootstraps;";
  private static final String RECORDS = "Ljava/lang/runtime/ObjectMethods;";
  private static final ClassDesc OBJECTS = ClassDesc.of("java.util.Objects");

  private final ClassFile classFile;

  /// @param classes finds the class files of what is rewritten and of what it names
  private CallSites(ClassHierarchyResolver classes) {
    this.classFile = ClassFile.of(ClassHierarchyResolverOption.of(classes));
  }

  /// Rewrites a jar in place.
  ///
  /// @param all the jars that its classes name classes of
  /// @throws IOException when the jar cannot be written, or a class came out wrong
  static void writeOut(Path jar, List<Path> all) throws IOException {
    List<FileSystem> opened = new ArrayList<>();
    try (FileSystem classes = FileSystems.newFileSystem(jar)) {
      for (Path other : all) {
        if (!other.equals(jar)) {
          opened.add(FileSystems.newFileSystem(other));
        }
      }
      List<FileSystem> places = new ArrayList<>(opened);
      places.addFirst(classes);
      ClassHierarchyResolver resolver =
          ClassHierarchyResolver.ofResourceParsing(type -> open(places, type))
              .orElse(ClassHierarchyResolver.defaultResolver())
              .cached();
      new CallSites(resolver).writeOut(classes.getPath("/"));
    } finally {
      for (FileSystem other : opened) {
        other.close();
      }
    }
  }

  /// @return null when none of them has it, as the resolver wants
  private static InputStream open(List<FileSystem> places, ClassDesc type) {
    String name = type.descriptorString();
    for (FileSystem place : places) {
      Path file = place.getPath(name.substring(1, name.length() - 1) + ".class");
      if (Files.exists(file)) {
        try {
          return Files.newInputStream(file);
        } catch (IOException problem) {
          throw new UncheckedIOException(problem);
        }
      }
    }
    return null;
  }

  private void writeOut(Path tree) throws IOException {
    List<Path> files;
    try (Stream<Path> all = Files.walk(tree)) {
      files = all.filter(file -> file.toString().endsWith(".class")).toList();
    }
    for (Path file : files) {
      ClassModel model = classFile.parse(Files.readAllBytes(file));
      if (!hasAny(model)) {
        continue;
      }
      byte[] plain = classFile.transformClass(model, new Rewriting(model));
      List<VerifyError> wrong = classFile.verify(plain);
      if (!wrong.isEmpty()) {
        throw new IOException(file + " came out wrong: " + wrong);
      }
      Files.write(file, plain);
    }
  }

  private static boolean hasAny(ClassModel model) {
    return model.methods().stream()
        .flatMap(method -> method.code().stream())
        .flatMap(code -> code.elementStream())
        .anyMatch(element -> Site.of(element).isPresent());
  }

  /// What a call site becomes: a static method with its type.
  ///
  /// @param body of that method
  private record Site(InvokeDynamicInstruction call, Consumer<CodeBuilder> body) {

    /// @return empty for what is no call site, or one that stays
    static Optional<Site> of(CodeElement element) {
      if (!(element instanceof InvokeDynamicInstruction call)) {
        return Optional.empty();
      }
      String owner = call.bootstrapMethod().owner().descriptorString();
      List<LoadableConstantEntry> constants = call.invokedynamic().bootstrap().arguments();
      return switch (owner) {
        case SWITCHES -> ofSwitch(call, constants);
        case RECORDS -> ofRecord(call, constants);
        default -> Optional.empty();
      };
    }

    private static Optional<Site> ofSwitch(
        InvokeDynamicInstruction call, List<LoadableConstantEntry> labels) {
      boolean isOfTypes = call.bootstrapMethod().methodName().equals("typeSwitch");
      boolean isPlain =
          labels.stream()
              .allMatch(label ->
                  label instanceof ClassEntry || (!isOfTypes && label instanceof StringEntry));
      return isPlain
          ? Optional.of(new Site(call, code -> choose(code, call.typeSymbol(), labels)))
          : Optional.empty();
    }

    private static Optional<Site> ofRecord(
        InvokeDynamicInstruction call, List<LoadableConstantEntry> constants) {
      ClassDesc type = ((ClassEntry) constants.getFirst()).asSymbol();
      List<FieldRefEntry> fields =
          constants.stream()
              .skip(2)
              .map(getter -> (FieldRefEntry) ((MethodHandleEntry) getter).reference())
              .toList();
      return switch (call.name().stringValue()) {
        case "hashCode" -> Optional.of(new Site(call, code -> hash(code, fields)));
        case "equals" -> Optional.of(new Site(call, code -> compare(code, type, fields)));
        default -> Optional.empty();
      };
    }
  }

  /// The index of the first label, from the given one on, that the value is of; -1 for null.
  private static void choose(
      CodeBuilder code, MethodTypeDesc type, List<LoadableConstantEntry> labels) {
    Label present = code.newLabel();
    code.aload(0).ifnonnull(present).iconst_m1().ireturn().labelBinding(present);
    List<Label> tests = labels.stream().map(_ -> code.newLabel()).toList();
    Label none = code.newLabel();
    code.iload(1)
        .tableswitch(
            none,
            IntStream.range(0, labels.size())
                .mapToObj(i -> SwitchCase.of(i, tests.get(i)))
                .toList());
    for (int i = 0; i < labels.size(); i++) {
      Label next = i + 1 < labels.size() ? tests.get(i + 1) : none;
      code.labelBinding(tests.get(i)).aload(0);
      switch (labels.get(i)) {
        case ClassEntry label -> code.instanceOf(label).ifeq(next);
        case StringEntry constant -> {
          ClassDesc owner = type.parameterType(0);
          code.getstatic(owner, constant.stringValue(), owner).if_acmpne(next);
        }
        default -> throw new IllegalStateException(labels.get(i).toString());
      }
      code.loadConstant(i).ireturn();
    }
    code.labelBinding(none);
    code.loadConstant(labels.size()).ireturn();
  }

  private static void hash(CodeBuilder code, List<FieldRefEntry> fields) {
    code.iconst_0();
    for (FieldRefEntry field : fields) {
      code.bipush(31).imul().aload(0).getfield(field);
      ClassDesc type = field.typeSymbol();
      if (type.isPrimitive()) {
        code.invokestatic(boxOf(type), "hashCode", MethodTypeDesc.of(CD_int, type));
      } else {
        code.invokestatic(OBJECTS, "hashCode", MethodTypeDesc.of(CD_int, CD_Object));
      }
      code.iadd();
    }
    code.ireturn();
  }

  private static void compare(CodeBuilder code, ClassDesc record, List<FieldRefEntry> fields) {
    Label same = code.newLabel();
    Label different = code.newLabel();
    code.aload(0).aload(1).if_acmpeq(same);
    code.aload(1).instanceOf(record).ifeq(different);
    code.aload(1).checkcast(record).astore(2);
    for (FieldRefEntry field : fields) {
      code.aload(0).getfield(field).aload(2).getfield(field);
      ClassDesc type = field.typeSymbol();
      if (!type.isPrimitive()) {
        MethodTypeDesc equals = MethodTypeDesc.of(CD_boolean, CD_Object, CD_Object);
        code.invokestatic(OBJECTS, "equals", equals).ifeq(different);
      } else if (TypeKind.from(type).asLoadable() == TypeKind.INT) {
        code.if_icmpne(different);
      } else {
        code.invokestatic(boxOf(type), "compare", MethodTypeDesc.of(CD_int, type, type));
        code.ifne(different);
      }
    }
    code.labelBinding(same).iconst_1().ireturn();
    code.labelBinding(different).iconst_0().ireturn();
  }

  private static ClassDesc boxOf(ClassDesc primitive) {
    String name =
        switch (TypeKind.from(primitive)) {
          case BOOLEAN -> "Boolean";
          case BYTE -> "Byte";
          case SHORT -> "Short";
          case CHAR -> "Character";
          case INT -> "Integer";
          case LONG -> "Long";
          case FLOAT -> "Float";
          case DOUBLE -> "Double";
          case REFERENCE, VOID -> throw new IllegalArgumentException(primitive.toString());
        };
    return ClassDesc.of("java.lang." + name);
  }

  /// Of one class: each call site becomes a call of a new method of it.
  private static final class Rewriting implements ClassTransform {
    private final ClassModel model;
    private final List<Site> sites = new ArrayList<>();

    Rewriting(ClassModel model) {
      this.model = model;
    }

    @Override
    public void accept(ClassBuilder builder, ClassElement element) {
      if (element instanceof MethodModel method && method.code().isPresent()) {
        builder.transformMethod(method, MethodTransform.transformingCode(this::rewrite));
      } else {
        builder.with(element);
      }
    }

    private void rewrite(CodeBuilder code, CodeElement element) {
      Site.of(element)
          .ifPresentOrElse(
              site -> {
                code.invokestatic(
                    model.thisClass().asSymbol(),
                    name(sites.size()),
                    site.call().typeSymbol(),
                    model.flags().has(AccessFlag.INTERFACE));
                sites.add(site);
              },
              () -> code.with(element));
    }

    @Override
    public void atEnd(ClassBuilder builder) {
      int flags = ClassFile.ACC_PRIVATE | ClassFile.ACC_STATIC | ClassFile.ACC_SYNTHETIC;
      for (int i = 0; i < sites.size(); i++) {
        Site site = sites.get(i);
        builder.withMethodBody(name(i), site.call().typeSymbol(), flags, site.body());
      }
    }

    private static String name(int number) {
      return "site$" + number;
    }
  }
}
