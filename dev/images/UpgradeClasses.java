import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.lang.classfile.ClassElement;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassFile.ClassHierarchyResolverOption;
import java.lang.classfile.ClassFile.StackMapsOption;
import java.lang.classfile.ClassFileVersion;
import java.lang.classfile.ClassHierarchyResolver;
import java.lang.classfile.ClassModel;
import java.lang.classfile.MethodModel;
import java.lang.classfile.MethodTransform;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Collections;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;

/// Rewrites the classes of jars that were compiled for Java 5 (picocli's are) as those of Java 8:
/// java UpgradeClasses.java JAR…
///
/// An AOT cache leaves out classes before Java 6, because they lack the stack maps by which a class
/// is verified once and for all. The methods stay as they are; they only get stack maps, which the
/// JVM verifies like any others.
final class UpgradeClasses {

  private static final int FIRST_WITH_STACK_MAPS = 50;
  private static final int JAVA_8 = 52;

  private UpgradeClasses() {}

  public static void main(String[] jars) throws IOException {
    for (String name : jars) {
      Path jar = Path.of(name);
      long old;
      try (ZipFile in = new ZipFile(name)) {
        old = Collections.list(in.entries()).stream().filter(entry -> isOld(in, entry)).count();
      }
      if (old > 0) {
        upgrade(jar);
        System.out.println(jar.getFileName() + ": " + old + " classes upgraded");
      }
    }
  }

  /// Reads no more than the eight bytes that say so.
  private static boolean isOld(ZipFile jar, ZipEntry entry) {
    if (!entry.getName().endsWith(".class")) {
      return false;
    }
    try (InputStream in = jar.getInputStream(entry)) {
      return ByteBuffer.wrap(in.readNBytes(8)).getShort(6) < FIRST_WITH_STACK_MAPS;
    } catch (IOException broken) {
      throw new UncheckedIOException(broken);
    }
  }

  private static void upgrade(Path jar) throws IOException {
    Path upgraded = jar.resolveSibling(jar.getFileName() + ".upgraded");
    try (URLClassLoader loader = new URLClassLoader(new URL[] {jar.toUri().toURL()});
        ZipFile in = new ZipFile(jar.toFile());
        OutputStream file = Files.newOutputStream(upgraded);
        ZipOutputStream out = new ZipOutputStream(file)) {
      ClassFile format =
          ClassFile.of(
              StackMapsOption.GENERATE_STACK_MAPS,
              ClassHierarchyResolverOption.of(
                  ClassHierarchyResolver.ofClassLoading(loader).cached()));
      for (ZipEntry entry : Collections.list(in.entries())) {
        byte[] bytes = in.getInputStream(entry).readAllBytes();
        ZipEntry copy = new ZipEntry(entry.getName());
        copy.setTime(entry.getTime());
        out.putNextEntry(copy);
        out.write(isOld(in, entry) ? upgraded(format, format.parse(bytes)) : bytes);
      }
    }
    Files.move(upgraded, jar, StandardCopyOption.REPLACE_EXISTING);
  }

  private static byte[] upgraded(ClassFile format, ClassModel old) {
    return format.build(
        old.thisClass().asSymbol(),
        builder -> {
          builder.withVersion(JAVA_8, 0);
          for (ClassElement element : old) {
            if (element instanceof MethodModel method) {
              builder.transformMethod(
                  method,
                  MethodTransform.transformingCode((code, instruction) -> code.with(instruction)));
            } else if (!(element instanceof ClassFileVersion)) {
              builder.with(element);
            }
          }
        });
  }
}
