package dev.paceline.lake.lock;

import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;

/// Who holds a lock.
///
/// @param run the run's id
/// @param host the host's name and, on Linux, its PID namespace, which distinguishes two containers
///   of the same name
/// @param pid the process on that host
/// @param counter raised by each renewal, so that each write has a new ETag
record Holder(String run, String host, long pid, long counter) {

  Holder {
    Objects.requireNonNull(run, "run");
    Objects.requireNonNull(host, "host");
  }

  static Holder ofThisProcess(String run) {
    return new Holder(run, hostName() + namespace(), ProcessHandle.current().pid(), 0);
  }

  Holder renewed() {
    return new Holder(run, host, pid, counter + 1);
  }

  /// Whether the holder was a process on this host that has ended: after a kill, the next run on a
  /// laptop need not wait for the lock to expire.
  boolean isKnownDead() {
    Holder self = ofThisProcess(run);
    return host.equals(self.host)
        && pid != self.pid
        && ProcessHandle.of(pid).filter(ProcessHandle::isAlive).isEmpty();
  }

  private static String hostName() {
    try {
      return InetAddress.getLocalHost().getHostName();
    } catch (UnknownHostException noName) {
      return "localhost";
    }
  }

  private static String namespace() {
    try {
      return " " + Files.readSymbolicLink(Path.of("/proc/self/ns/pid"));
    } catch (IOException | UnsupportedOperationException notLinux) {
      return "";
    }
  }
}
