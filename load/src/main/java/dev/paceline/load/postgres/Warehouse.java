package dev.paceline.load.postgres;

import dev.paceline.cli.failure.Failure;
import dev.paceline.cli.retry.Pause;
import dev.paceline.cli.retry.Retries;
import dev.paceline.cli.secret.Secret;
import dev.paceline.cli.trust.TrustedCertificates;
import dev.paceline.load.contract.TableContract;
import dev.paceline.load.postgres.copy.BinaryFormat;
import dev.paceline.load.rows.RowFormat;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;
import org.postgresql.ds.PGSimpleDataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A connection to the warehouse, and its transactions. Nothing is kept in the session: no prepared
/// statements, no session locks, settings only for a transaction.
public final class Warehouse implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Warehouse.class);

  /// Without it the statement of a killed load would continue, and its lock would keep the next
  /// load out. A server on Windows does not support it and would refuse the setting.
  private static final String DETECT_KILLED_CLIENT =
      """
      select set_config('client_connection_check_interval', '500ms', true)
      where version() !~* '(windows|mingw|visual c)'
      """;

  /// Enough for the keys of a million staged rows. With the usual 4 MB, a join spills every staged
  /// row to disk, which takes twice as long.
  private static final String WORK_MEM =
      """
      select set_config('work_mem', '64MB', true)
      where pg_size_bytes(current_setting('work_mem')) < pg_size_bytes('64MB')
      """;

  private static final int CONNECT_SECONDS = 10;
  private static final Duration BETWEEN_ATTEMPTS = Duration.ofMillis(250);

  private final WarehouseAddress address;
  private final boolean withPassword;
  private final Jdbi jdbi;
  private final Handle handle;

  private Warehouse(WarehouseAddress address, boolean withPassword, Jdbi jdbi) {
    this.address = address;
    this.withPassword = withPassword;
    this.jdbi = jdbi;
    this.handle = jdbi.open();
  }

  /// Connects. Waits for a server that is starting up or recovering, but not for one that cannot be
  /// reached.
  ///
  /// @param trusted reads the authorities one of which must have signed the server's certificate;
  ///   called only if the address requires one
  /// @param startupWait how long to wait for a server that reports that it is starting up
  public static Warehouse connect(
      WarehouseAddress address,
      Supplier<TrustedCertificates> trusted,
      Optional<Secret> password,
      Duration startupWait) {
    PGSimpleDataSource server = server(address, password);
    if (address.isVerified()) {
      VerifyingSocketFactory.use(server, trusted.get(), address.tls().verifyPeerName());
    }
    Jdbi jdbi = Jdbi.create(() -> connection(server, address, password.isPresent(), startupWait));
    return open(address, password.isPresent(), jdbi);
  }

  /// Opens a warehouse on a server. Changes no setting before the server is known to be new enough
  /// to have it.
  static Warehouse open(WarehouseAddress address, boolean withPassword, Jdbi jdbi) {
    Warehouse warehouse = new Warehouse(address, withPassword, jdbi);
    try {
      warehouse.inPlainTransaction("Connecting to " + address, warehouse.handle, ServerCheck::run);
      return warehouse;
    } catch (RuntimeException e) {
      warehouse.close();
      throw e;
    }
  }

  private static Connection connection(
      PGSimpleDataSource server,
      WarehouseAddress address,
      boolean withPassword,
      Duration startupWait) {
    int attempts = 1 + Math.toIntExact(startupWait.dividedBy(BETWEEN_ATTEMPTS));
    try {
      return Retries.every(BETWEEN_ATTEMPTS, attempts, new Pause(Thread::sleep))
          .call(server::getConnection, refused -> isStartingUp(refused, address));
    } catch (SQLException refused) {
      String doing = "Connecting to " + address;
      throw TlsFailures.of(doing, address, refused)
          .<RuntimeException>map(failed -> failed)
          .orElseGet(() -> failure(doing, address, withPassword, refused));
    }
  }

  private static boolean isStartingUp(Exception refused, WarehouseAddress address) {
    boolean starting =
        refused instanceof SQLException e && SqlFailures.STARTING_UP.equals(e.getSQLState());
    if (starting) {
      LOG.info("{} is starting up", address);
    }
    return starting;
  }

  private static PGSimpleDataSource server(WarehouseAddress address, Optional<Secret> password) {
    PGSimpleDataSource server = new PGSimpleDataSource();
    server.setServerNames(new String[] {address.host()});
    server.setPortNumbers(new int[] {address.port()});
    server.setDatabaseName(address.database());
    server.setUser(address.user());
    password.map(Secret::reveal).ifPresent(server::setPassword);
    server.setSslMode(address.tls().value);
    server.setSslCert(""); // otherwise a client certificate in ~/.postgresql
    server.setSslKey("");
    server.setApplicationName("paceline load");
    server.setConnectTimeout(CONNECT_SECONDS);
    server.setTcpKeepAlive(true);
    server.setPrepareThreshold(0); // a pooler gives the next transaction another connection
    server.setLogServerErrorDetail(false); // the detail contains values of rows
    return server;
  }

  /// Runs work in one transaction; an exception rolls it back.
  ///
  /// @param doing what is being done and with which value, for messages
  public <T> T inTransaction(String doing, Function<Transaction, T> work) {
    return inTransaction(doing, handle, work);
  }

  /// Runs work in a transaction on a connection of its own, while another transaction continues.
  public <T> T inTransactionApart(String doing, Function<Transaction, T> work) {
    try (Handle apart = jdbi.open()) {
      return inTransaction(doing, apart, work);
    }
  }

  private <T> T inTransaction(String doing, Handle connected, Function<Transaction, T> work) {
    return inPlainTransaction(
        doing,
        connected,
        transaction -> {
          set(transaction);
          return work.apply(new Transaction(transaction));
        });
  }

  private static void set(Handle transaction) {
    transaction.execute(DETECT_KILLED_CLIENT);
    transaction.execute("set local statement_timeout = 0");
    transaction.execute("set local idle_in_transaction_session_timeout = 0");
    transaction.execute("set local transaction_timeout = 0");
    transaction.execute("set local lock_timeout = '60s'");
    transaction.execute(WORK_MEM);
  }

  private <T> T inPlainTransaction(String doing, Handle connected, Function<Handle, T> work) {
    return translated(doing, () -> connected.inTransaction(work::apply));
  }

  /// Runs work, and turns an error of the server into what it means for the user.
  private <T> T translated(String doing, Supplier<T> work) {
    try {
      return work.get();
    } catch (JdbiException | UncheckedSqlException failed) {
      throw failure(doing, SqlFailures.cause(failed).orElseThrow(() -> failed));
    }
  }

  /// The form in which the tables take rows.
  public RowFormat rowFormat() {
    return new BinaryFormat();
  }

  /// Begins to copy rows into the stage tables of a load, each on a connection of its own.
  public TableCopies copies(String source, List<TableContract> tables, long loadId) {
    TableCopies copies = new TableCopies();
    try {
      for (TableContract table : tables) {
        copies.add(copy(new StagedTable(source, table, loadId).stage()));
      }
      return copies;
    } catch (RuntimeException | Error failed) {
      cleanUp(failed, copies::close);
      throw failed;
    }
  }

  private TableCopy copy(TableDefinition table) {
    return translated("Copying into " + table.plainName(), () -> begin(table));
  }

  private TableCopy begin(TableDefinition table) {
    Handle own = jdbi.open();
    try {
      own.begin();
      set(own);
      return new TableCopy(this, own, table);
    } catch (RuntimeException | Error failed) {
      cleanUp(failed, own::rollback);
      cleanUp(failed, own::close);
      throw failed;
    }
  }

  /// Undoes what a failure leaves behind, so that a failure of that never hides the first one.
  private static void cleanUp(Throwable failed, Runnable undo) {
    try {
      undo.run();
    } catch (RuntimeException alsoFailed) {
      failed.addSuppressed(alsoFailed);
    }
  }

  /// What an error of the server means for the user.
  RuntimeException failure(String doing, SQLException error) {
    return failure(doing, address, withPassword, error);
  }

  private static RuntimeException failure(
      String doing, WarehouseAddress address, boolean withPassword, SQLException error) {
    Optional<Failure> known = SqlFailures.of(doing, address, withPassword, error);
    return known.isPresent()
        ? known.get()
        : new IllegalStateException("%s: %s".formatted(doing, SqlFailures.firstLine(error)), error);
  }

  @Override
  public void close() {
    handle.close();
  }
}
