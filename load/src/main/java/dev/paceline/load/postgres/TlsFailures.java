package dev.paceline.load.postgres;

import dev.paceline.cli.failure.Exit;
import dev.paceline.cli.failure.Failure;
import dev.paceline.cli.failure.FirstLine;
import java.io.EOFException;
import java.net.SocketException;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.security.cert.PKIXReason;
import java.sql.SQLException;
import java.util.Optional;
import java.util.Set;
import javax.net.ssl.SSLException;
import org.postgresql.util.GT;

/// What it means that a connection could not be protected as its address requires: a setting is
/// wrong, here or on the server.
final class TlsFailures {

  private static final Set<CertPathValidatorException.Reason> ANOTHER_KEY =
      Set.of(CertPathValidatorException.BasicReason.INVALID_SIGNATURE, PKIXReason.NO_TRUST_ANCHOR);

  private TlsFailures() {}

  /// The failure that an error of connecting stands for; empty if it is not about TLS, or the
  /// connection was lost during the handshake.
  static Optional<Failure> of(String doing, WarehouseAddress address, SQLException error) {
    if (lacksTls(error)) {
      return failure(
          doing, "%s does not offer TLS".formatted(server(address)), without(address), error);
    }
    if (!has(error, SSLException.class)
        || has(error, EOFException.class)
        || has(error, SocketException.class)) {
      return Optional.empty();
    }
    if (has(error, CertificateExpiredException.class)
        || has(error, CertificateNotYetValidException.class)) {
      return failure(
          doing,
          "the certificate of %s has expired or is not valid yet".formatted(server(address)),
          "renew it on the server, or correct this machine's clock",
          error);
    }
    if (isOfUnknownAuthority(error)) {
      return failure(
          doing,
          "the certificate of %s is not signed by a CA that is trusted here"
              .formatted(server(address)),
          "name the PEM file of the CA that signed it in PACELINE_WAREHOUSE_CA",
          error);
    }
    if (isForAnotherHost(error)) {
      return failure(
          doing,
          "the certificate of %s is for another host name".formatted(server(address)),
          "give a name that the certificate has in --warehouse, or issue one for this name",
          error);
    }
    if (has(error, CertificateException.class)) {
      return failure(
          doing,
          "the certificate of %s was refused (%s)"
              .formatted(server(address), FirstLine.of(rootCause(error))),
          "replace the certificate on the server",
          error);
    }
    return failure(
        doing,
        "TLS with %s failed (%s)".formatted(server(address), SqlFailures.firstLine(error)),
        "correct the TLS settings of the server; its log may say more",
        error);
  }

  /// Its SQLSTATE is also that of a missing password, and its message is in the language of the
  /// machine.
  private static boolean lacksTls(SQLException error) {
    return GT.tr("The server does not support SSL.").equals(error.getMessage());
  }

  private static String without(WarehouseAddress address) {
    String disabling = "turn TLS on there, or do without it: sslmode=disable in --warehouse";
    return address.isVerified()
        ? disabling + ", with PACELINE_WAREHOUSE_UNVERIFIED=true"
        : disabling;
  }

  /// Of one whose name no trusted one has; or of one that has such a name, but another key, which
  /// the JDK finds in one of two ways.
  private static boolean isOfUnknownAuthority(SQLException error) {
    return has(error, CertPathBuilderException.class)
        || among(error, CertPathValidatorException.class)
            .filter(invalid -> ANOTHER_KEY.contains(invalid.getReason()))
            .isPresent();
  }

  /// The JDK verifies the name last, and has no exception of its own for it: what else is wrong
  /// with a certificate is a subclass.
  private static boolean isForAnotherHost(SQLException error) {
    return among(error, CertificateException.class)
        .filter(refused -> refused.getClass() == CertificateException.class)
        .isPresent();
  }

  private static boolean has(SQLException error, Class<? extends Exception> type) {
    return among(error, type).isPresent();
  }

  /// The error's cause of a type, at whatever depth.
  private static <T extends Exception> Optional<T> among(SQLException error, Class<T> type) {
    for (Throwable next = error; next != null; next = next.getCause()) {
      if (type.isInstance(next)) {
        return Optional.of(type.cast(next));
      }
    }
    return Optional.empty();
  }

  private static Throwable rootCause(Throwable error) {
    Throwable cause = error.getCause();
    return cause == null ? error : rootCause(cause);
  }

  private static String server(WarehouseAddress address) {
    return "%s:%d".formatted(address.host(), address.port());
  }

  private static Optional<Failure> failure(
      String doing, String what, String remedy, SQLException cause) {
    return Optional.of(new Failure(Exit.CONFIGURATION, doing, what, remedy, cause));
  }
}
